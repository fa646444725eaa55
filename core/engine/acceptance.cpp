#include <engine/acceptance.hpp>

#include <engine/digest.hpp>

namespace mealsync {
namespace {

constexpr std::size_t digits = 16, digits_together = 4;

/// In upper case, with a hyphen after every four digits.
std::string spelled(std::string_view hexadecimal) {
  std::string token;
  for (std::size_t i = 0; i < digits; ++i) {
    if (i > 0 && i % digits_together == 0) token += '-';
    const char c = hexadecimal[i];
    token += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return token;
}

}  // namespace

std::string token_of(const Accepted& accepted) {
  Digest digest;
  // A part that ends where the next begins could be mistaken for another.
  const auto add = [&digest](std::string_view part) {
    digest.add(std::to_string(part.size()) + ':');
    digest.add(part);
  };
  add(accepted.pipeline);
  add(std::to_string(accepted.used_before));
  for (const InputFile& input : accepted.inputs)
    add(input.sha256);
  for (const Finding& objection : accepted.objections) {
    add(std::to_string(objection.code));
    add(objection.message);
  }
  add(std::to_string(accepted.changes));
  return spelled(digest.finish());
}

std::string read_token(std::string_view text) {
  std::string hexadecimal;
  for (char c : text) {
    if (c == '-') continue;
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
    const bool is_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (!is_digit) return {};
    hexadecimal += c;
  }
  return hexadecimal.size() == digits ? spelled(hexadecimal) : std::string();
}

}  // namespace mealsync
