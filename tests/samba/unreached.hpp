// samba/unreached.hpp -- servers that cannot be reached, and what every stage that reads from a share says of them.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include <mealsync/trial.hpp>

#include "samba_server.hpp"

namespace mealsync::testing {

/// `only_finding`: what is found with these options in the place of those that reach the server.
template <class OnlyFinding>
void expect_unreached_servers_to_be_told(const OnlyFinding& only_finding) {
  using ::testing::StartsWith;
  const auto found = [&](const std::vector<Setting>& options) { return only_finding(options); };
  const LoopbackSocket nobody;
  EXPECT_THAT(found({{"port", std::to_string(nobody.port())}}),
              StartsWith("9001 Server '127.0.0.1' cannot be reached"));
  const LoopbackSocket silent;
  silent.listen();
  EXPECT_THAT(found({{"port", std::to_string(silent.port())}, {"timeout_seconds", "1"}}),
              StartsWith("9001 Server '127.0.0.1' does not answer"));
  const SambaServer old("server min protocol = NT1\nserver max protocol = NT1\n");
  EXPECT_THAT(found({{"port", std::to_string(old.port())}}),
              StartsWith("9001 Server '127.0.0.1' does not speak SMB 2 or 3"));
}

}  // namespace mealsync::testing
