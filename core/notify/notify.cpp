#include <notify/notify.hpp>

#include <curl/curl.h>

#include <array>
#include <memory>
#include <new>
#include <utility>

#include <notify/rules.hpp>

namespace mealsync {
namespace {

constexpr long seconds_to_connect = 10, seconds_in_all = 30;

/// libcurl's own state, made once.
void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) throw std::bad_alloc();
}

struct Free {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};

class Lines {
 public:
  void add(const std::string& line) {
    curl_slist* const longer = curl_slist_append(list_.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list_.release());
    list_.reset(longer);
  }
  [[nodiscard]] curl_slist* get() const { return list_.get(); }

 private:
  std::unique_ptr<curl_slist, Free> list_;
};

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

/// One message on its way.
class Transfer {
 public:
  Transfer(const std::string& address, const std::filesystem::path& ca_file) {
    start_curl();
    handle_.reset(curl_easy_init());
    if (handle_ == nullptr) throw std::bad_alloc();
    set(CURLOPT_URL, address.c_str());
    set(CURLOPT_ERRORBUFFER, words_.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, seconds_to_connect);
    set(CURLOPT_TIMEOUT, seconds_in_all);
    set(CURLOPT_WRITEFUNCTION, &ignore);
    if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str());
    if (is_loopback(address)) set(CURLOPT_NOPROXY, "*");
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle_.get(), option, value) != CURLE_OK) throw std::bad_alloc();
  }
  [[nodiscard]] CURL* handle() const { return handle_.get(); }

  /// What goes wrong is told of `server`.
  void run(const Position& at, const std::string& server, Findings& findings) {
    const CURLcode code = curl_easy_perform(handle_.get());
    const std::string_view words = words_[0] != '\0' ? words_.data() : curl_easy_strerror(code);
    switch (code) {
      case CURLE_OK:
        return;
      case CURLE_USE_SSL_FAILED:
      case CURLE_SSL_CONNECT_ERROR:
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CACERT_BADFILE:
      case CURLE_SSL_CERTPROBLEM:
        return findings.add<rules::not_trusted>(at, server, words);
      case CURLE_COULDNT_RESOLVE_HOST:
      case CURLE_COULDNT_RESOLVE_PROXY:
      case CURLE_COULDNT_CONNECT:
      case CURLE_OPERATION_TIMEDOUT:
        return findings.add<rules::not_reached>(at, server, words);
      default:
        return findings.add<rules::not_accepted>(at, server, words);
    }
  }

 private:
  std::unique_ptr<CURL, Free> handle_;
  std::array<char, CURL_ERROR_SIZE> words_{};
};

/// A header holds one line of ASCII.
std::string header(const std::string& name, std::string_view value) {
  std::string line = name + ": ";
  for (const char c : value)
    line += c >= ' ' && c < 0x7f ? c : '?';
  return line;
}

/// Scheme, host and port.
std::string server_of(const std::string& address) {
  return address.substr(0, address.find_first_of("/?#", address.find("://") + 3));
}

void send_mail(const Notify& notify, const std::string& password, const Notice& notice, Findings& findings) {
  Transfer mail(notify.server, notify.ca_file);
  const bool needs_tls = !is_loopback(notify.server) || !password.empty() || !notify.ca_file.empty();
  mail.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  mail.set(CURLOPT_USE_SSL, static_cast<long>(needs_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (!notify.user.empty()) {
    mail.set(CURLOPT_USERNAME, notify.user.c_str());
    mail.set(CURLOPT_PASSWORD, password.c_str());
  }

  Lines recipients, headers;
  std::string to;
  for (const std::string& address : notify.mail) {
    recipients.add("<" + address + ">");
    to += (to.empty() ? "" : ", ") + address;
  }
  for (const auto& [name, value] :
       {std::pair{"Date", notice.date}, std::pair{"From", notify.from}, std::pair{"To", to},
        std::pair{"Subject", notice.subject}, std::pair{"Auto-Submitted", std::string("auto-generated")}})
    headers.add(header(name, value));
  mail.set(CURLOPT_MAIL_FROM, ("<" + notify.from + ">").c_str());
  mail.set(CURLOPT_MAIL_RCPT, recipients.get());
  mail.set(CURLOPT_HTTPHEADER, headers.get());

  std::string text;
  for (const char c : notice.text)
    text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const std::unique_ptr<curl_mime, Free> mime(curl_mime_init(mail.handle()));
  curl_mimepart* const part = mime == nullptr ? nullptr : curl_mime_addpart(mime.get());
  if (part == nullptr || curl_mime_data(part, text.data(), text.size()) != CURLE_OK ||
      curl_mime_type(part, "text/plain; charset=utf-8") != CURLE_OK ||
      curl_mime_encoder(part, "quoted-printable") != CURLE_OK)
    throw std::bad_alloc();
  mail.set(CURLOPT_MIMEPOST, mime.get());
  mail.run(notify.at, notify.server, findings);
}

void post(const Notify& notify, const std::string& address, const Notice& notice, Findings& findings) {
  if (!is_web_address(address)) return findings.add<rules::bad_address>(notify.at, notify.webhook->name);
  Transfer request(address, notify.ca_file);
  Lines headers;
  headers.add("Content-Type: application/json");
  headers.add("Expect:");
  request.set(CURLOPT_PROTOCOLS_STR, "https,http");  // is_web_address has judged http
  request.set(CURLOPT_HTTPHEADER, headers.get());
  request.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(notice.json.size()));
  request.set(CURLOPT_POSTFIELDS, notice.json.c_str());
  request.set(CURLOPT_FAILONERROR, 1L);
  Findings found;
  request.run(notify.at, server_of(address), found);
  long status = 0;
  curl_easy_getinfo(request.handle(), CURLINFO_RESPONSE_CODE, &status);
  constexpr long first_redirect = 300;
  if (found.all().empty() && status >= first_redirect)
    found.add<rules::not_accepted>(notify.at, server_of(address), "it answers " + std::to_string(status));
  for (const Finding& finding : found.all())
    findings.add(finding);
}

}  // namespace

void tell(const Notify& notify, const Notice& notice, Findings& findings) {
  if (!notify.mail.empty() && !notify.server.empty() && !notify.from.empty()) {
    const auto password = notify.password ? read_secret(*notify.password, findings) : std::string();
    if (password) send_mail(notify, *password, notice, findings);
  }
  if (notify.webhook) {
    const auto address = read_secret(*notify.webhook, findings);
    if (address) post(notify, *address, notice, findings);
  }
}

}  // namespace mealsync
