#include "sample_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <formats/encoding.hpp>

namespace mealsync::guess {

std::variant<SampleFile, std::string> read_sample(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return "there is no such file";
  if (!std::filesystem::is_regular_file(status)) return "it is no regular file";
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::string(std::strerror(errno));
  SampleFile sample;
  const auto size = std::filesystem::file_size(path, error);
  sample.bytes.resize(std::min<std::size_t>(error ? 0 : size, most_bytes));
  in.read(sample.bytes.data(), static_cast<std::streamsize>(sample.bytes.size()));
  sample.bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  sample.is_cut = sample.bytes.size() < size;
  if (sample.is_cut) {
    const auto end = sample.bytes.rfind('\n');
    if (end == std::string::npos) return "its first line does not end";
    sample.bytes.resize(end + 1);
  }
  if (sample.bytes.starts_with("\xFF\xFE") || sample.bytes.starts_with("\xFE\xFF"))
    return "it is UTF-16: write it anew as UTF-8";
  if (sample.bytes.find('\0') != std::string::npos) return "it holds NUL bytes, and is no text";
  if (sample.bytes.find_first_not_of(" \t\r\n") == std::string::npos) return "it is empty";
  sample.has_mark = sample.bytes.starts_with(formats::byte_order_mark);
  if (sample.has_mark) sample.bytes.erase(0, formats::byte_order_mark.size());
  sample.characters = characters_of(sample.bytes);
  return sample;
}

Characters characters_of(std::string_view bytes) {
  if (formats::is_plain(bytes)) return Characters::ascii;
  if (formats::is_utf8(bytes)) return Characters::utf8;
  std::string room;
  auto found = Characters::windows1252;
  while (!bytes.empty()) {
    const auto line = bytes.substr(0, bytes.find('\n'));
    if (!formats::is_utf8(line) && !formats::convert_windows1252(line, room)) found = Characters::neither;
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
  }
  return found;
}

}  // namespace mealsync::guess
