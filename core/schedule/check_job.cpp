#include <schedule/job.hpp>

#include <pipeline/letters.hpp>
#include <schedule/parts.hpp>
#include <schedule/rules.hpp>

namespace mealsync {
namespace {

bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    const auto size = character_size(text);
    const auto first = static_cast<unsigned char>(text[0]);
    if (size == 0 || first < ' ' || first == 0x7f) return false;
    text.remove_prefix(size);
  }
  return true;
}

std::vector<std::string> texts_of(const Job& job) {
  std::vector<std::string> texts = job.command;
  texts.push_back(job.folder);
  texts.insert(texts.end(), job.written.begin(), job.written.end());
  return texts;
}

}  // namespace

void check_job(const Job& job, Findings& findings) {
  for (const std::string& text : texts_of(job))
    if (!is_plain_text(text)) findings.add<rules::unit_cannot_hold>(job.schedule.at, text);
}

void check_for_cron(const Job& job, Findings& findings) {
  constexpr unsigned days_of_every_month = 28;
  const Schedule& schedule = job.schedule;
  const auto tell = [&](std::string_view what) { findings.add<rules::cron_knows_not>(schedule.at, what); };
  if (!schedule.timezone.empty()) tell("a time zone");
  if (schedule.frequency == "monthly" && day_of_month(schedule) > days_of_every_month)
    tell("the last day of a shorter month");
  for (const std::string& name : job.environment)
    tell("the variable " + name + ", which holds a secret");
  for (const std::string& text : texts_of(job))
    if (text.find('\\') != std::string::npos) tell("the backslash in '" + text + "'");
}

}  // namespace mealsync
