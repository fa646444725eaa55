#include <reports/held_text.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace mealsync::reports {
namespace {

[[noreturn]] void fail_for_room(int error) {
  fail<no_room>(std::generic_category().message(error));
}

}  // namespace

HeldText::HeldText() : file_(std::tmpfile()) {
  if (!file_) fail_for_room(errno);
}

void HeldText::spill() {
  // What a write that failed has left behind is written over.
  std::uint64_t at = on_disk_;
  for (Text left = end_; !left.empty();) {
    const auto written = ::pwrite(::fileno(file_.get()), left.data(), left.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_for_room(errno);
    left.remove_prefix(static_cast<std::size_t>(written));
    at += static_cast<std::uint64_t>(written);
  }
  on_disk_ = at;
  end_.clear();
}

void HeldText::each_piece(const std::function<void(Text, std::uint64_t at)>& body) const {
  std::string buffer(std::min<std::uint64_t>(piece, on_disk_), '\0');
  for (std::uint64_t at = 0; at < on_disk_;) {
    const auto wanted = std::min<std::uint64_t>(buffer.size(), on_disk_ - at);
    const auto read = ::pread(::fileno(file_.get()), buffer.data(), wanted, static_cast<off_t>(at));
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0) fail_for_room(read < 0 ? errno : EIO);
    body(Text(buffer).substr(0, static_cast<std::size_t>(read)), at);
    at += static_cast<std::uint64_t>(read);
  }
  if (!end_.empty()) body(end_, on_disk_);
}

void HeldText::each_piece(const std::function<void(Text)>& body) const {
  each_piece([&](Text text, std::uint64_t) { body(text); });
}

void HeldText::take_pieces(const std::function<void(Text)>& body) {
  each_piece([&](Text text, std::uint64_t at) {
    // Where the file system cannot, the room comes back with the file.
    if (at < on_disk_)
      static_cast<void>(::fallocate(::fileno(file_.get()), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                                    static_cast<off_t>(at), static_cast<off_t>(text.size())));
    body(text);
  });
  on_disk_ = 0;
  end_.clear();
}

}  // namespace mealsync::reports
