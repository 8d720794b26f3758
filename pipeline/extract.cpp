// SPDX-License-Identifier: MIT
#include "pipeline/extract.hpp"

#include "pipeline/interrupt.hpp"

#include <algorithm>
#include <memory>
#include <thread>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

namespace ingot {

namespace tbb = oneapi::tbb;

void extract(const Plan& plan, const fs::path& root, const Settings& settings,
             const ExtractOptions& options, const TakePiece& take) {
    // A piece costs its bytes and about as much again in cells; one token more than workers keeps the
    // writer busy.
    const std::size_t threads =
        options.threads != 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    const std::size_t fitting = options.memory / static_cast<std::size_t>(3 * kPieceBytes);
    const std::size_t tokens =
        std::clamp<std::size_t>(threads + 3, 1, std::max<std::size_t>(fitting, 1));
    // One more for the taker, which waits for the disk now and then.
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads + 1);
    Budget budget(static_cast<std::int64_t>(options.memory) / 4);
    const ReadOptions reading{
        .root = root, .settings = settings, .archive = options.archive, .budget = budget};
    PieceCutter cutter(plan, reading);

    using Job = std::shared_ptr<PieceJob>;  // filters copy what they hand over
    using Result = std::shared_ptr<PieceResult>;
    const auto cut = [&](tbb::flow_control& flow) -> Job {
        check_interrupt();
        auto job = std::make_shared<PieceJob>();
        if (!cutter.next(*job)) flow.stop();
        return job;
    };
    const auto read = [&](const Job& job) -> Result {
        const SourcePlan& source = plan.sources[job->index];
        return std::make_shared<PieceResult>(read_piece(std::move(*job), source, settings));
    };
    const auto load = [&](const Result& result) { take(std::move(*result)); };
    // An arena of its own size: a waiting input must never be the only thread there is.
    tbb::task_arena arena(static_cast<int>(threads) + 1);
    arena.execute([&] {
        tbb::parallel_pipeline(
            tokens, tbb::make_filter<void, Job>(tbb::filter_mode::serial_in_order, cut) &
                        tbb::make_filter<Job, Result>(tbb::filter_mode::parallel, read) &
                        tbb::make_filter<Result, void>(tbb::filter_mode::serial_in_order, load));
    });
}

}  // namespace ingot
