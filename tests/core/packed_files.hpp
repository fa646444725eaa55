// packed_files.hpp -- files packed for a test, in memory.
#pragma once

#define ZLIB_CONST  // what is to be read is const
#include <zip.h>
#include <zlib.h>

#include <ctime>
#include <stdexcept>
#include <string>
#include <vector>

namespace mealsync {

[[nodiscard]] inline std::string gzipped(const std::string& text) {
  z_stream stream{};
  constexpr int with_gzip_header = 16, usual_memory = 8;
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + with_gzip_header, usual_memory,
                   Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib cannot pack");
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<const Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

struct ZipEntry {
  std::string name;  // one that ends with / is a folder
  std::string text;
  std::time_t written = 1'473'120'000;
  std::string password{};
};

[[nodiscard]] inline std::string zipped(const std::vector<ZipEntry>& entries) {
  zip_error_t error;
  zip_source_t* const bytes = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* const archive = zip_open_from_source(bytes, ZIP_TRUNCATE, &error);
  zip_source_keep(bytes);
  for (const ZipEntry& entry : entries) {
    if (entry.name.ends_with('/')) {
      zip_dir_add(archive, entry.name.c_str(), 0);
      continue;
    }
    zip_source_t* const text = zip_source_buffer(archive, entry.text.data(), entry.text.size(), 0);
    const auto index = static_cast<zip_uint64_t>(zip_file_add(archive, entry.name.c_str(), text, 0));
    zip_file_set_mtime(archive, index, entry.written, 0);
    if (!entry.password.empty())
      zip_file_set_encryption(archive, index, ZIP_EM_AES_256, entry.password.c_str());
  }
  if (zip_close(archive) != 0) throw std::runtime_error(zip_strerror(archive));
  zip_source_open(bytes);
  zip_source_seek(bytes, 0, SEEK_END);
  std::string packed(static_cast<std::size_t>(zip_source_tell(bytes)), '\0');
  zip_source_seek(bytes, 0, SEEK_SET);
  zip_source_read(bytes, packed.data(), packed.size());
  zip_source_close(bytes);
  zip_source_free(bytes);
  return packed;
}

}  // namespace mealsync
