// engine/unpacking.hpp -- a file that came packed, and the bytes in it: gzip, or the files of a zip archive. The only
// place that knows zlib and libzip.
//
// Nothing is ever written under a name that an archive gives. What is packed in what was packed stays as it is.
// Units      Sizes in bytes.
// Errors     No answer, or false, means that a finding went to the ledger (MS3111 to MS3117).
// Ownership  Refers to the ledger. An archive waits in a temporary file without a name, which goes with it.
// Threads    One.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <engine/ledger.hpp>

struct z_stream_s;
struct zip;
struct zip_file;

namespace mealsync {

enum class Packing : std::uint8_t { none, gzip, zip };

/// How a file is packed, by its first bytes and never by its name; nothing while they are too few to tell.
[[nodiscard]] std::optional<Packing> packing_of(std::string_view first_bytes);

/// How much may come out of a file, so that a small one cannot keep a run busy for days.
class Allowance {
 public:
  Allowance(std::string file, Ledger& ledger) : file_(std::move(file)), ledger_(&ledger) {}

  void packed(std::size_t bytes) { packed_ += bytes; }
  [[nodiscard]] bool unpacked(std::size_t bytes);
  [[nodiscard]] bool files(std::size_t count);

  [[nodiscard]] const std::string& file() const { return file_; }
  template <const Rule& R, class... Args>
  void tell(const Args&... args) {
    ledger_->add(make_finding<R>({}, file_, args...));
  }

 private:
  std::string file_;
  Ledger* ledger_;
  std::uint64_t packed_ = 0, unpacked_ = 0;
};

/// A gzip file, which may be several joined.
class Gzip {
 public:
  explicit Gzip(Allowance allowance);

  /// Bytes of the file, borrowed until they are read.
  void add(std::string_view packed);
  /// Fills `into`; 0 where more have to be added first.
  [[nodiscard]] std::optional<std::size_t> read(std::span<char> into);
  /// No more will be added: false where the file cannot end here.
  [[nodiscard]] bool end();

 private:
  struct Free {
    void operator()(z_stream_s* stream) const;
  };
  [[nodiscard]] bool begin_member();

  Allowance allowance_;
  std::unique_ptr<z_stream_s, Free> stream_;
  bool is_between_ = true;  // two members, or before the first
};

/// A zip archive. What its files are stands at its end, so it is read when all of it is there.
class ZipArchive {
 public:
  explicit ZipArchive(Allowance allowance) : allowance_(std::move(allowance)) {}

  [[nodiscard]] bool add(std::string_view packed);
  /// No more will be added. The names of its files, at least one: oldest first, then by name.
  [[nodiscard]] std::optional<std::vector<std::string>> end();
  /// One of them, from 0; then read gives its bytes, and 0 at its end.
  [[nodiscard]] bool open(std::size_t file);
  [[nodiscard]] std::optional<std::size_t> read(std::span<char> into);

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
    void operator()(zip* archive) const;
    void operator()(zip_file* file) const;
  };
  [[nodiscard]] bool open_archive();
  [[nodiscard]] bool look();

  struct Entry {
    std::uint64_t index;
    std::int64_t written;  // seconds
    std::string name;
    bool is_encrypted;
  };

  Allowance allowance_;
  std::unique_ptr<std::FILE, CloseFile> packed_;  // until the archive is opened, which then owns it
  std::unique_ptr<zip, CloseFile> archive_;
  std::vector<Entry> entries_;
  std::unique_ptr<zip_file, CloseFile> open_;
};

}  // namespace mealsync
