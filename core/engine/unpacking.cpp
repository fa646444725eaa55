#include <engine/unpacking.hpp>

#define ZLIB_CONST  // what is to be read is const
#include <zip.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <tuple>

#include <engine/rules.hpp>

namespace mealsync {
namespace {

constexpr std::string_view gzip_sign = "\x1f\x8b", zip_sign = "PK\3\4";
constexpr std::string_view empty_zip_sign = "PK\5\6";

// What districts send shrinks to a tenth or so. Only what is packed to deceive comes near a thousandth.
constexpr std::uint64_t unjudged_bytes = std::uint64_t{16} << 20;
constexpr std::uint64_t most_times = 200;
constexpr std::uint64_t most_bytes = std::uint64_t{16} << 30;
constexpr std::size_t most_files = 1000;

std::string words_of(int error) {
  return std::generic_category().message(error);
}

/// What a Mac puts beside each file that it packs.
bool is_of_a_mac(std::string_view name) {
  return name.starts_with("__MACOSX/") || name == ".DS_Store" || name.ends_with("/.DS_Store");
}

/// XLSX, DOCX, ODS: the file by which they are known.
bool is_sign_of_document(std::string_view name) {
  return name == "[Content_Types].xml" || name == "mimetype";
}

}  // namespace

std::optional<Packing> packing_of(std::string_view first_bytes) {
  for (const auto& [sign, packing] :
       {std::pair{gzip_sign, Packing::gzip}, {zip_sign, Packing::zip}, {empty_zip_sign, Packing::zip}}) {
    if (first_bytes.starts_with(sign)) return packing;
    if (sign.starts_with(first_bytes)) return std::nullopt;
  }
  return Packing::none;
}

bool Allowance::unpacked(std::size_t bytes) {
  unpacked_ += bytes;
  if (unpacked_ > most_bytes)
    tell<rules::unpacks_to_too_much>(compose("{} bytes", most_bytes));
  else if (unpacked_ > unjudged_bytes && unpacked_ / most_times > packed_)
    tell<rules::unpacks_to_too_much>(compose("{} times its size", most_times));
  else
    return true;
  return false;
}

bool Allowance::files(std::size_t count) {
  if (count <= most_files) return true;
  tell<rules::unpacks_to_too_much>(compose("{} files", most_files));
  return false;
}

void Gzip::Free::operator()(z_stream_s* stream) const {
  inflateEnd(stream);
  delete stream;
}

Gzip::Gzip(Allowance allowance) : allowance_(std::move(allowance)), stream_(new z_stream_s{}) {
  constexpr int with_gzip_header = 16;
  if (inflateInit2(stream_.get(), MAX_WBITS + with_gzip_header) != Z_OK)
    throw std::runtime_error("zlib cannot begin to unpack");
}

void Gzip::add(std::string_view packed) {
  allowance_.packed(packed.size());
  stream_->next_in = reinterpret_cast<const Bytef*>(packed.data());
  stream_->avail_in = static_cast<uInt>(packed.size());
}

std::optional<std::size_t> Gzip::read(std::span<char> into) {
  stream_->next_out = reinterpret_cast<Bytef*>(into.data());
  stream_->avail_out = static_cast<uInt>(into.size());
  while (stream_->avail_out > 0) {
    if (is_between_ && !begin_member()) break;
    const int code = inflate(stream_.get(), Z_NO_FLUSH);
    if (code == Z_BUF_ERROR) break;
    is_between_ = code == Z_STREAM_END;
    if (code != Z_STREAM_END && code != Z_OK) {
      allowance_.tell<rules::packed_damaged>(
          std::string_view(stream_->msg != nullptr ? stream_->msg : zError(code)));
      return std::nullopt;
    }
  }
  const std::size_t count = into.size() - stream_->avail_out;
  if (!allowance_.unpacked(count)) return std::nullopt;
  return count;
}

/// Some programs fill the last block of their files with zeros.
bool Gzip::begin_member() {
  while (stream_->avail_in > 0 && *stream_->next_in == 0) {
    ++stream_->next_in;
    --stream_->avail_in;
  }
  return stream_->avail_in > 0 && inflateReset(stream_.get()) == Z_OK;
}

bool Gzip::end() {
  if (is_between_) return true;
  allowance_.tell<rules::packed_cut_short>();
  return false;
}

void ZipArchive::CloseFile::operator()(zip* archive) const {
  zip_discard(archive);
}
void ZipArchive::CloseFile::operator()(zip_file* file) const {
  zip_fclose(file);
}

bool ZipArchive::add(std::string_view packed) {
  allowance_.packed(packed.size());
  if (!packed_) packed_.reset(std::tmpfile());
  if (packed_ && std::fwrite(packed.data(), 1, packed.size(), packed_.get()) == packed.size()) return true;
  allowance_.tell<rules::no_room_to_unpack>(words_of(errno));
  return false;
}

std::optional<std::vector<std::string>> ZipArchive::end() {
  if (std::fflush(packed_.get()) != 0) {
    allowance_.tell<rules::no_room_to_unpack>(words_of(errno));
    return std::nullopt;
  }
  if (!open_archive() || !look()) return std::nullopt;
  std::vector<std::string> names;
  for (const Entry& entry : entries_)
    names.push_back(entry.name);
  return names;
}

bool ZipArchive::open_archive() {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_filep_create(packed_.get(), 0, -1, &error);
  if (source != nullptr) {
    static_cast<void>(packed_.release());
    archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!archive_) zip_source_free(source);
  }
  // One that begins as an archive and has no list of its files at the end is not all there.
  if (!archive_ && zip_error_code_zip(&error) == ZIP_ER_NOZIP)
    allowance_.tell<rules::packed_cut_short>();
  else if (!archive_)
    allowance_.tell<rules::packed_damaged>(std::string_view(zip_error_strerror(&error)));
  zip_error_fini(&error);
  return archive_ != nullptr;
}

bool ZipArchive::look() {
  const auto count = static_cast<std::uint64_t>(zip_get_num_entries(archive_.get(), 0));
  bool is_document = false;
  for (std::uint64_t index = 0; index < count; ++index) {
    zip_stat_t facts;
    if (zip_stat_index(archive_.get(), index, 0, &facts) != 0) {
      allowance_.tell<rules::packed_damaged>(std::string_view(zip_strerror(archive_.get())));
      return false;
    }
    const std::string_view name = facts.name;
    is_document = is_document || is_sign_of_document(name);
    if (name.ends_with('/') || is_of_a_mac(name)) continue;
    entries_.push_back({index, facts.mtime, std::string(name), facts.encryption_method != ZIP_EM_NONE});
  }
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.written, a.name, a.index) < std::tie(b.written, b.name, b.index);
  });
  if (is_document)
    allowance_.tell<rules::packed_document>();
  else if (entries_.empty())
    allowance_.tell<rules::packed_without_file>();
  else if (std::any_of(entries_.begin(), entries_.end(), [](const Entry& each) { return each.is_encrypted; }))
    allowance_.tell<rules::packed_encrypted>();
  else
    return allowance_.files(entries_.size());
  return false;
}

bool ZipArchive::open(std::size_t file) {
  open_.reset(zip_fopen_index(archive_.get(), entries_[file].index, 0));
  if (!open_) allowance_.tell<rules::packed_damaged>(std::string_view(zip_strerror(archive_.get())));
  return open_ != nullptr;
}

std::optional<std::size_t> ZipArchive::read(std::span<char> into) {
  const auto count = zip_fread(open_.get(), into.data(), into.size());
  if (count < 0) {
    allowance_.tell<rules::packed_damaged>(std::string_view(zip_file_strerror(open_.get())));
    return std::nullopt;
  }
  if (!allowance_.unpacked(static_cast<std::size_t>(count))) return std::nullopt;
  return static_cast<std::size_t>(count);
}

}  // namespace mealsync
