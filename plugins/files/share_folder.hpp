// files/share_folder.hpp -- a folder of lists on a Windows server: //server/share/folder.
//
// Errors   share::ShareRules, as findings that end the run.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <files/share/reach.hpp>

#include "files/after.hpp"
#include "files/list_folder.hpp"
#include "files/read_ahead.hpp"

namespace mealsync::files {

/// What //server/share/folder names; the folder may be left out.
struct SharePath {
  std::string host, share, folder;

  [[nodiscard]] static bool is_one(std::string_view directory) { return directory.starts_with("//"); }
  /// Nothing where the server or the share is missing, or has a sign that no name has.
  [[nodiscard]] static std::optional<SharePath> of(std::string_view directory) {
    directory.remove_prefix(2);
    const auto next = [&] {
      const auto end = std::min(directory.find('/'), directory.size());
      std::string part(directory.substr(0, end));
      directory.remove_prefix(std::min(end + 1, directory.size()));
      return part;
    };
    SharePath path;
    path.host = next();
    path.share = next();
    path.folder = directory;
    while (path.folder.ends_with('/'))
      path.folder.pop_back();
    const bool is_host = !path.host.empty() && path.host.find_first_of("\\:@ ") == std::string::npos;
    const bool is_share = !path.share.empty() && path.share.find('\\') == std::string::npos;
    if (!is_host || !is_share) return std::nullopt;
    return path;
  }
};

class ShareOpenFile : public OpenFile {
 public:
  ShareOpenFile(std::unique_ptr<share::File> file, const share::ShareOptions& options, std::string name)
      : file_(std::move(file)), options_(options), name_(std::move(name)), size_(file_->size()) {}

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[nodiscard]] std::size_t read(char* to, std::size_t most) override {
    std::size_t count = 0;
    try {
      count = file_->read(to, most);
    } catch (const share::ShareError& error) {
      share::fail_for_file(error, options_, name_);
    }
    if (count == 0) fail<share::ShareRules::cut_short>(name_);
    return count;
  }

 private:
  std::unique_ptr<share::File> file_;
  const share::ShareOptions& options_;
  std::string name_;
  std::uint64_t size_;
};

/// The options live longer, and the files that are opened less long.
class ShareFolder : public ListFolder {
 public:
  ShareFolder(const share::ShareOptions& options, std::string folder)
      : options_(options), folder_(std::move(folder)), share_(share::reach(options)) {}

  /// As //server/share/folder.
  [[nodiscard]] std::string shown() const {
    return "//" + options_.host + '/' + options_.share + '/' + folder_;
  }
  [[nodiscard]] std::vector<ListedFile> list() override { return list(folder_); }
  /// Fails where another folder, seen from this one, is not there.
  void find(const std::string& folder) { static_cast<void>(list(from_here(folder))); }
  [[nodiscard]] std::unique_ptr<OpenFile> open(const std::string& name) override {
    try {
      return std::make_unique<ReadAhead>(
          std::make_unique<ShareOpenFile>(share_->open(folder_ + '/' + name), options_, name));
    } catch (const share::ShareError& error) {
      share::fail_for_file(error, options_, name);
    }
  }
  /// Gives a file another name in a folder that is seen from this one. Answers why it cannot, else nothing.
  [[nodiscard]] std::string put_away(const ListedFile& file, const std::string& folder,
                                     const std::string& new_name) {
    try {
      const auto now = share_->list(folder_);
      const share::Entry as_it_was{file.name, file.size, file.written};
      if (std::find(now.begin(), now.end(), as_it_was) == now.end()) return has_changed;
      share_->rename(folder_ + '/' + file.name, from_here(folder) + '/' + new_name);
      return {};
    } catch (const share::ShareError& error) {
      return error.what();
    }
  }

 private:
  [[nodiscard]] std::vector<ListedFile> list(const std::string& folder) {
    std::vector<ListedFile> found;
    try {
      for (const share::Entry& entry : share_->list(folder))
        found.push_back({entry.name, entry.written, entry.size});
    } catch (const share::ShareError& error) {
      share::fail_for_folder(error, options_, folder);
    }
    return found;
  }
  /// With / before it a folder is seen from the share's root.
  [[nodiscard]] std::string from_here(const std::string& folder) const {
    if (folder.empty()) return folder_;
    return folder.starts_with('/') || folder.starts_with('\\') ? folder : folder_ + '/' + folder;
  }

  const share::ShareOptions& options_;
  std::string folder_;
  std::unique_ptr<share::Share> share_;
};

}  // namespace mealsync::files
