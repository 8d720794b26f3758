// SPDX-License-Identifier: MIT
#include "loaders/file_store.hpp"

#include "pipeline/model/hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <boost/filesystem.hpp>
#include <zstd.h>

namespace ingot {
namespace {

namespace fs = boost::filesystem;

std::string frame_of(const std::string& content) {
    std::string frame(ZSTD_compressBound(content.size()), '\0');
    frame.resize(ZSTD_compress(frame.data(), frame.size(), content.data(), content.size(), 3));
    return frame;
}

std::string path_of(const std::string& content) {
    const std::string hash = to_hex(hash128(content));
    return hash.substr(0, 2) + "/" + hash + ".zst";
}

/// A store in a directory of its own that does not exist yet.
class FileStoreTest : public ::testing::Test {
protected:
    void SetUp() override { fs::create_directories(parent_); }
    void TearDown() override { fs::remove_all(parent_); }

    std::string put(const std::string& content) {
        store_.put(path_of(content), frame_of(content));
        return path_of(content);
    }
    void write(const fs::path& path, const std::string& bytes) const {
        fs::create_directories((root_ / path).parent_path());
        std::ofstream((root_ / path).string(), std::ios::binary) << bytes;
    }
    std::string read(const fs::path& path) const {
        std::ostringstream out;
        out << std::ifstream((root_ / path).string(), std::ios::binary).rdbuf();
        return out.str();
    }
    std::string error_of_get(const std::string& path) const {
        try {
            return "no error: " + store_.get(path);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    }

    const fs::path parent_ = fs::temp_directory_path() / fs::unique_path("ingot-store-%%%%%%%%");
    const fs::path root_ = parent_ / "x.db.store";
    FileStore store_{root_};
};

TEST_F(FileStoreTest, GivesBackWhatWasPut) {
    const std::string content = "a long memory " + std::string(300'000, 'm') + std::string(1, '\0');
    EXPECT_EQ(store_.get(put(content)), content);
}

TEST_F(FileStoreTest, KeepsEmptyContent) { EXPECT_EQ(store_.get(put("")), ""); }

TEST_F(FileStoreTest, MakesNoDirectoryBeforeTheFirstFile) {
    EXPECT_TRUE(store_.list().empty());
    store_.remove(path_of("never put"));
    store_.remove_temporary_files();
    EXPECT_FALSE(fs::exists(root_));
}

TEST_F(FileStoreTest, LeavesNothingTemporaryBehind) {
    const std::string path = put("content");
    EXPECT_EQ(std::distance(fs::directory_iterator((root_ / path).parent_path()), {}), 1);
}

TEST_F(FileStoreTest, LeavesAFileAloneThatIsThere) {
    const std::string path = put("content");
    fs::last_write_time(root_ / path, 1'000'000'000);
    put("content");
    EXPECT_EQ(fs::last_write_time(root_ / path), 1'000'000'000);
}

TEST_F(FileStoreTest, WritesADamagedFileAnew) {
    const std::string path = put("content");
    write(path, "no frame");
    put("content");
    EXPECT_EQ(store_.get(path), "content");
}

TEST_F(FileStoreTest, ReplacesATemporaryFileOfAnInterruptedRun) {
    write(path_of("content") + ".tmp", "half a fra");
    EXPECT_EQ(store_.get(put("content")), "content");
    EXPECT_FALSE(fs::exists(root_ / (path_of("content") + ".tmp")));
}

TEST_F(FileStoreTest, WritesNothingThroughASymbolicLink) {
    write("ab/x", "");
    const fs::path victim = parent_ / "victim";
    fs::create_directories((root_ / path_of("content")).parent_path());
    fs::create_symlink(victim, root_ / (path_of("content") + ".tmp"));
    fs::create_symlink(victim, root_ / path_of("content"));
    put("content");
    EXPECT_FALSE(fs::exists(victim));
    EXPECT_EQ(store_.get(path_of("content")), "content");
}

TEST_F(FileStoreTest, RefusesEveryOtherPath) {
    const std::string hash = to_hex(hash128("content"));
    const std::string upper(32, 'A');
    for (const std::string& path :
         {std::string(), hash, "../" + hash + ".zst", "/" + hash + ".zst", "ab/" + hash,
          "ab/../" + hash + ".zst", "ab/" + upper + ".zst", "AB/" + hash + ".zst",
          "ab/" + hash + ".zst/", "ab/" + hash + ".zst\n", "ab/" + hash + "0.zst",
          "ab/" + hash.substr(1) + ".zst", "ab\\" + hash + ".zst", "./ab/" + hash + ".zst",
          "ab/" + hash + ".zst.tmp", "a./" + hash + ".zst", std::string("ab\0", 3) + hash + ".zst",
          "ab/" + hash.substr(0, 31) + "g.zst"}) {
        EXPECT_THROW(store_.put(path, "x"), std::invalid_argument) << path;
        EXPECT_THROW(store_.get(path), std::invalid_argument) << path;
        EXPECT_THROW(store_.remove(path), std::invalid_argument) << path;
    }
    EXPECT_FALSE(fs::exists(root_));
}

TEST_F(FileStoreTest, SaysWhatIsMissingAndWhatToDo) {
    const std::string error = error_of_get(path_of("content"));
    EXPECT_NE(error.find((root_ / path_of("content")).string()), std::string::npos) << error;
    EXPECT_NE(error.find("restore"), std::string::npos) << error;
}

TEST_F(FileStoreTest, NoticesEveryDamage) {
    const std::string content = "remember the blue door " + std::string(5'000, 'x');
    const std::string path = put(content);
    const std::string frame = read(path);
    for (std::size_t at = 0; at < frame.size(); ++at) {
        std::string damaged = frame;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
        write(path, damaged);
        const std::string outcome = error_of_get(path);
        EXPECT_TRUE(outcome.starts_with("damaged") || outcome == "no error: " + content) << at;
        write(path, frame.substr(0, at));
        EXPECT_TRUE(error_of_get(path).starts_with("damaged")) << at;
    }
    write(path, frame_of("a sound frame of something else"));
    EXPECT_TRUE(error_of_get(path).starts_with("damaged"));
}

TEST_F(FileStoreTest, ListsItsFilesInOrderAndNothingElse) {
    std::vector<std::string> paths{put("one"), put("two"), put("three")};
    std::sort(paths.begin(), paths.end());
    write("ab/note.txt", "");
    write("readme", "");
    write(path_of("four") + ".tmp", "");
    EXPECT_EQ(store_.list(), paths);
}

TEST_F(FileStoreTest, RemovesAFileAndWhatItLeavesEmpty) {
    const std::string first = put("one");
    const std::string second = put("two");
    store_.remove(first);
    EXPECT_EQ(store_.list(), std::vector{second});
    EXPECT_FALSE(fs::exists((root_ / first).parent_path()));
    store_.remove(second);
    EXPECT_FALSE(fs::exists(root_));
}

TEST_F(FileStoreTest, RemovesOnlyTemporaryFilesOfItsOwn) {
    const std::string kept = put("one");
    write(path_of("two") + ".tmp", "half");
    write("ab/other.tmp", "not ours");
    store_.remove_temporary_files();
    EXPECT_EQ(store_.list(), std::vector{kept});
    EXPECT_FALSE(fs::exists(root_ / (path_of("two") + ".tmp")));
    EXPECT_TRUE(fs::exists(root_ / "ab/other.tmp"));
}

TEST_F(FileStoreTest, SaysWhereItCannotWrite) {
    std::ofstream(root_.string()) << "a file where the store should be";
    try {
        put("content");
        FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find(root_.string()), std::string::npos);
    }
}

}  // namespace
}  // namespace ingot
