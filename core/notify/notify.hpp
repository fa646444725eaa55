// notify/notify.hpp -- tells somebody of a run, by mail or by a webhook.
//
// Mail goes over TLS, always where it leaves this machine, and where there is a password or a CA file; certificates are
// checked, always. A webhook gets JSON by POST over HTTPS, and is not followed elsewhere.
//
// Units    10 seconds to connect, 30 in all, for each message.
// Errors   MS65xx, and MS16xx of secrets, none of which concerns the run. No secret and no path of a webhook's address
//          is in a message: such an address is a secret itself.
// Threads  Any number at a time.
#pragma once

#include <string>

#include <finding/finding.hpp>
#include <pipeline/pipeline.hpp>

namespace mealsync {

struct Notice {
  std::string date;     // as mail has it: Tue, 06 Sep 2016 05:00:00 +0000
  std::string subject;  // what is not ASCII in it is sent as a question mark
  std::string text;     // UTF-8, lines end with \n
  std::string json;
};

void tell(const Notify& notify, const Notice& notice, Findings& findings);

}  // namespace mealsync
