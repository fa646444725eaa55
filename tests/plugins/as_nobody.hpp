// as_nobody.hpp -- somebody who may not do what root may.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace mealsync::testing {

/// Root may read and write everywhere; some tests want somebody who may not.
class AsNobody {
 public:
  AsNobody() : user_(geteuid()) {
    if (user_ == 0 && seteuid(65534) != 0) throw std::runtime_error("cannot be nobody");
  }
  ~AsNobody() {
    if (geteuid() != user_ && seteuid(user_) != 0) std::abort();
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  uid_t user_;
};

}  // namespace mealsync::testing
