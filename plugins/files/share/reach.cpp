#include <files/share/reach.hpp>

#include <algorithm>
#include <chrono>
#include <thread>

namespace mealsync::share {
namespace {

[[noreturn]] void fail_to_reach(const ShareError& error, const ShareOptions& options) {
  using R = ShareRules;
  const Text words = error.what();
  switch (error.trouble()) {
    case Trouble::silent:
      fail<R::silent>(options.host, words);
    case Trouble::too_old:
      fail<R::too_old>(options.host, words);
    case Trouble::logon:
      fail<R::logon>(options.host, options.user, words);
    case Trouble::no_share:
      fail<R::no_share>(options.host, options.share);
    case Trouble::forbidden:
      fail<R::forbidden>(options.share, options.user, words);
    default:
      fail<R::unreachable>(options.host, words);
  }
}

}  // namespace

std::unique_ptr<Share> reach(const ShareOptions& options) {
  if (options.host.starts_with("**")) refuse<ShareRules::held>(options.host);
  std::chrono::milliseconds pause{250};
  constexpr std::chrono::seconds longest{60};
  constexpr int growth = 4;
  for (int left = options.retries;; --left) {
    try {
      return std::make_unique<Share>(Server{options.host, options.port, options.share, options.domain,
                                            options.user, options.password,
                                            std::chrono::seconds(options.timeout_seconds)});
    } catch (const ShareError& error) {
      if (left == 0 || !may_pass(error.trouble())) fail_to_reach(error, options);
    }
    std::this_thread::sleep_for(pause);
    pause = std::min<std::chrono::milliseconds>(pause * growth, longest);
  }
}

void tell_reached(const ShareOptions& options, Context& run) {
  run.step("Server '{}' is reached", options.host);
  if (!options.user.empty()) run.step("User '{}' has logged on", options.user);
  run.step("Share '{}' is there", options.share);
}

void fail_for_folder(const ShareError& error, const ShareOptions& options, const std::string& folder) {
  using R = ShareRules;
  const Text words = error.what();
  switch (error.trouble()) {
    case Trouble::missing:
      fail<R::no_folder>(folder, options.share, words);
    case Trouble::forbidden:
      fail<R::forbidden>(folder, options.user, words);
    case Trouble::lost:
      fail<R::lost>(folder, words);
    default:
      fail<R::other>(folder, words);
  }
}

void fail_for_file(const ShareError& error, const ShareOptions& options, const std::string& file) {
  using R = ShareRules;
  const Text words = error.what();
  switch (error.trouble()) {
    case Trouble::missing:
      fail<R::gone>(file, words);
    case Trouble::forbidden:
      fail<R::forbidden>(file, options.user, words);
    case Trouble::in_use:
      fail<R::in_use>(file, words);
    case Trouble::lost:
      fail<R::lost>(file, words);
    default:
      fail<R::other>(file, words);
  }
}

}  // namespace mealsync::share
