#include "notices.hpp"

#include <exception>
#include <string_view>

#include <notify/notify.hpp>
#include <notify/rules.hpp>

#include "clock.hpp"
#include "command_line.hpp"

namespace mealsync::tool {
namespace {

/// A run that is held does what somebody wants.
bool is_wanted(const Notify& notify, const Answer& answer, int code) {
  const bool is_imported = code == exit_imported || code == exit_rejected;
  const bool is_failure = !is_imported && answer.record.status != "held";
  if (notify.on == "always" || is_failure) return true;
  return notify.on == "errors" && (code == exit_rejected || count_of(answer.record, "errors") > 0);
}

Notice notice_of(const Answer& answer) {
  const RunRecord& record = answer.record;
  return {mail_now(), "mealsync: " + record.pipeline + ": " + record.status, summary_text(answer),
          summary_json(answer)};
}

}  // namespace

Findings tell_everybody(const Answer& answer, int code) {
  Findings findings;
  for (const Notify& notify : answer.notifies) {
    if (!is_wanted(notify, answer, code)) continue;
    try {
      tell(notify, notice_of(answer), findings);
    } catch (const std::exception& fault) {  // of libcurl; the import stands
      findings.add<rules::not_accepted>(notify.at, std::string_view("libcurl"),
                                        std::string_view(fault.what()));
    }
  }
  return findings;
}

}  // namespace mealsync::tool
