#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <files/read_ahead.hpp>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>

namespace mealsync::testing {
namespace {

using files::OpenFile;
using files::ReadAhead;

constexpr std::size_t block = ReadAhead::block_size;

std::string some_bytes(std::size_t count) {
  std::string bytes(count, ' ');
  unsigned next = 1;
  for (char& c : bytes)
    c = static_cast<char>('a' + (next = next * 1103515245 + 12345) / 65536 % 26);
  return bytes;
}

/// Bytes that come in pieces of whatever size the server likes, until the file breaks.
class Pieces : public OpenFile {
 public:
  explicit Pieces(std::string bytes, std::size_t breaks_at = std::string::npos)
      : bytes_(std::move(bytes)), breaks_at_(breaks_at) {}

  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  [[nodiscard]] std::size_t read(char* to, std::size_t most) override {
    if (read_ >= breaks_at_) throw std::runtime_error("the connection is lost");
    constexpr std::size_t largest = 700'001;
    const std::size_t count = std::min({most, largest, breaks_at_ - read_});
    std::copy_n(bytes_.data() + read_, count, to);
    read_ += count;
    return count;
  }
  [[nodiscard]] std::size_t read_so_far() const { return read_; }

 private:
  std::string bytes_;
  std::size_t breaks_at_;
  std::atomic<std::size_t> read_ = 0;
};

std::string read_some(ReadAhead& file, std::size_t most) {
  std::string bytes(most, ' ');
  bytes.resize(file.read(bytes.data(), most));
  return bytes;
}
std::string read_all(ReadAhead& file) {
  std::string all;
  while (all.size() < file.size())
    all += read_some(file, 65'537);
  return all;
}

TEST(ReadAhead, GivesTheBytesOfTheFileInTheirOrder) {
  for (const std::size_t size : {std::size_t{1}, block - 1, block, block + 1, 5 * block + 77}) {
    const std::string bytes = some_bytes(size);
    ReadAhead file(std::make_unique<Pieces>(bytes));

    EXPECT_EQ(file.size(), size);
    EXPECT_TRUE(read_all(file) == bytes) << size;
  }
}

TEST(ReadAhead, TellsAFaultAtTheReadThatNeedsTheBytesAfterAllBefore) {
  const std::string bytes = some_bytes(2 * block);
  ReadAhead file(std::make_unique<Pieces>(bytes, block + 10));

  std::string all;
  EXPECT_THROW(while (all.size() < file.size()) all += read_some(file, 65'536), std::runtime_error);
  EXPECT_TRUE(all == bytes.substr(0, block + 10));
}

TEST(ReadAhead, ReadsNothingBeforeItIsAskedAndThenNoMoreThanThreeBlocks) {
  auto pieces = std::make_unique<Pieces>(some_bytes(10 * block));
  const Pieces& under = *pieces;
  ReadAhead file(std::move(pieces));

  EXPECT_EQ(under.read_so_far(), 0U);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(read_some(file, 16).size(), 16U);
  EXPECT_GE(under.read_so_far(), 700'001U);
  EXPECT_LE(under.read_so_far(), 3 * block);
}

TEST(ReadAhead, MayBeGivenUpInTheMiddle) {
  ReadAhead file(std::make_unique<Pieces>(some_bytes(10 * block)));

  EXPECT_EQ(read_some(file, 16).size(), 16U);
}

}  // namespace
}  // namespace mealsync::testing
