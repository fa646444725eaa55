#include <pipeline/notify_reader.hpp>

#include <algorithm>
#include <string_view>

#include <pipeline/rules.hpp>
#include <pipeline/shape.hpp>

namespace mealsync {
namespace {

const Shape notify_shape{
    .optional = {"on", "mail", "server", "from", "user", "password", "webhook", "ca_file"},
    .takes_text = true,  // read_group tells it
};
const NameList occasions{"failure", "errors", "always"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

/// What stands between :// and the next slash.
std::string_view authority_of(std::string_view address) {
  const auto begin = address.find("://");
  if (begin == std::string_view::npos) return {};
  address.remove_prefix(begin + 3);
  return address.substr(0, address.find_first_of("/?#"));
}

std::string_view without_port(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

/// host, host:port, or [::1]:port
bool is_authority(std::string_view authority) {
  const auto host = without_port(authority);
  const auto rest = authority.substr(host.size());
  const auto is_of_host = [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("-._[:]").find(c) != std::string_view::npos;
  };
  return !host.empty() && std::all_of(host.begin(), host.end(), is_of_host) &&
         (rest.empty() || (rest[0] == ':' && is_port(rest.substr(1))));
}

bool is_mail_server(std::string_view text) {
  for (const std::string_view scheme : {"smtp://", "smtps://"})
    if (text.starts_with(scheme)) {
      text.remove_prefix(scheme.size());
      if (text.ends_with('/')) text.remove_suffix(1);
      return is_authority(text);
    }
  return false;
}

/// Narrower than the standard: what a header could be broken with, or a command to the server, is not an address.
bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  const auto is_of_address = [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
  };
  const auto is_part = [&](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), is_of_address);
  };
  return at != std::string_view::npos && is_part(text.substr(0, at)) && is_part(text.substr(at + 1));
}

std::vector<std::string> words_of(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::vector<std::string> words;
  for (auto begin = text.find_first_not_of(blanks); begin != std::string_view::npos;
       begin = text.find_first_not_of(blanks)) {
    text.remove_prefix(begin);
    const auto size = std::min(text.find_first_of(blanks), text.size());
    words.emplace_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return words;
}

class NotifyReader {
 public:
  NotifyReader(const Setting& group, Findings& findings) : group_(group), findings_(findings) {}

  [[nodiscard]] Notify read() {
    Notify notify;
    notify.at = group_.at;
    if (const Setting* const on = find("on")) {
      if (std::find(occasions.begin(), occasions.end(), on->value) != occasions.end())
        notify.on = on->value;
      else
        findings_.add<rules::bad_choice>(on->at, on->name, on->value, one_of(occasions));
    }
    read_mail(notify);
    if (const Setting* const webhook = find("webhook")) {
      if (is_secret_reference(webhook->value) || is_web_address(webhook->value))
        notify.webhook = *webhook;
      else
        findings_.add<rules::bad_web_address>(webhook->at, webhook->name);
    }
    if (const Setting* const file = find("ca_file")) notify.ca_file = file->folder / file->value;
    if (!has("mail") && !has("webhook")) findings_.add<rules::notifies_nobody>(group_.at);
    return notify;
  }

 private:
  void read_mail(Notify& notify) {
    if (has("mail")) need({"server", "from"});
    if (has("user")) need({"password"});
    if (has("password")) need({"user"});
    if (const Setting* const mail = find("mail")) {
      const auto addresses = words_of(mail->value);
      if (addresses.empty()) findings_.add<rules::empty_attribute>(mail->at, mail->name);
      for (const std::string& address : addresses)
        if (is_address(mail->at, address)) notify.mail.push_back(address);
    }
    if (const Setting* const from = find("from"))
      if (is_address(from->at, from->value)) notify.from = from->value;
    if (const Setting* const server = find("server")) {
      if (is_mail_server(server->value))
        notify.server = server->value;
      else
        findings_.add<rules::bad_mail_server>(server->at, server->name);
    }
    if (const Setting* const user = find("user")) notify.user = user->value;
    if (const Setting* const password = find("password")) {
      if (!is_secret_reference(password->value)) findings_.add<rules::written_password>(password->at);
      notify.password = *password;
    }
  }

  [[nodiscard]] bool is_address(const Position& at, std::string_view text) {
    if (is_mail_address(text)) return true;
    findings_.add<rules::bad_mail_address>(at, text);
    return false;
  }

  void need(const NameList& names) {
    for (const std::string_view name : names)
      if (!has(name)) findings_.add<rules::missing_attribute>(group_.at, group_.name, name);
  }
  [[nodiscard]] bool has(std::string_view name) const {
    return std::any_of(group_.children.begin(), group_.children.end(),
                       [&](const Setting& each) { return each.name == name; });
  }
  /// Nothing for one that has a variable left in it.
  [[nodiscard]] const Setting* find(std::string_view name) const {
    for (const Setting& each : group_.children)
      if (each.name == name) return each.value.find("${") == std::string::npos ? &each : nullptr;
    return nullptr;
  }

  const Setting& group_;
  Findings& findings_;
};

}  // namespace

bool is_loopback(std::string_view address) {
  const auto host = without_port(authority_of(address));
  return host == "localhost" || host == "[::1]" ||
         (host.starts_with("127.") &&
          std::all_of(host.begin(), host.end(), [](char c) { return is_digit(c) || c == '.'; }));
}

bool is_web_address(std::string_view text) {
  const bool is_printed = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
  const bool is_safe = text.starts_with("https://") || (text.starts_with("http://") && is_loopback(text));
  return is_printed && is_safe && is_authority(authority_of(text));
}

Notify read_notify(Element& element, StageReader& stages, Findings& findings) {
  check_shape(element, notify_shape, findings);
  const Setting group = stages.read_group(element);
  return NotifyReader(group, findings).read();
}

}  // namespace mealsync
