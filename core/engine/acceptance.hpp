// engine/acceptance.hpp -- how a refused run is let through, once, by somebody who has looked at it.
//
// A run to which only guards, and stages that object, have something to say gives a token. It stands for the pipeline,
// the bytes of its inputs, what was objected, and the changes that would be made: where one of these is another, so is
// the token.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <finding/finding.hpp>
#include <finding/input_file.hpp>

namespace mealsync {

struct Acceptance {
  std::string token{};  // that was given, as token_of writes it; empty: none
  /// How many tokens of the pipeline were used. It goes into the token, so that none comes a second time.
  std::uint64_t used_before = 0;
  /// Keeps that the token is used, before anything is committed; false where that cannot be kept, or was already.
  std::function<bool(const std::string& token)> use{};
};

/// What a token stands for.
struct Accepted {
  std::string pipeline;
  std::uint64_t used_before = 0;
  std::span<const InputFile> inputs;
  std::span<const Finding> objections;
  std::uint64_t changes = 0;  // their digest
};

/// `7F3A-9C21-04D5-B8E6`
[[nodiscard]] std::string token_of(const Accepted& accepted);

/// The same token however it was typed; empty where `text` is none.
[[nodiscard]] std::string read_token(std::string_view text);

}  // namespace mealsync
