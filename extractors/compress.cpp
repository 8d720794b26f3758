// SPDX-License-Identifier: MIT
#include "extractors/compress.hpp"

#include <memory>
#include <new>

#include <zstd.h>

namespace ingot {
namespace {

struct FreeContext {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

std::unique_ptr<ZSTD_CCtx, FreeContext> new_context() {
    std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
    if (!context) throw std::bad_alloc();
    // One thread and no dictionary are what a new context has.
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    return context;
}

}  // namespace

std::string compressed(std::string_view content, int level) {
    std::string frame(ZSTD_compressBound(content.size()), '\0');
    thread_local const auto context = new_context();  // costs more to make than a small frame
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
    const std::size_t size =
        ZSTD_compress2(context.get(), frame.data(), frame.size(), content.data(), content.size());
    // With room for the worst case, only memory can run out.
    if (ZSTD_isError(size) != 0) throw std::bad_alloc();
    frame.resize(size);
    return frame;
}

}  // namespace ingot
