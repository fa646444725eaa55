// engine/digest.hpp -- the SHA-256 of what is read, as it is read. The only place that knows OpenSSL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace mealsync {

class Digest {
 public:
  Digest();
  void add(std::string_view bytes);
  /// In hexadecimal; the digest ends with it.
  [[nodiscard]] std::string finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* state) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> state_;
};

}  // namespace mealsync
