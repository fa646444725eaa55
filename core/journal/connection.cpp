#include <journal/connection.hpp>

#include <string_view>

namespace mealsync::journal_file {

void add_fault(const std::filesystem::path& file, const Fault& fault, Findings& findings) {
  using namespace journal_rules;
  const std::string_view words = fault.what();
  switch (fault.code()) {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return findings.add<cannot_open>({}, file.string(), words);
    case SQLITE_BUSY:
      return findings.add<locked>({}, file.string(), words);
    case SQLITE_CORRUPT:
      return findings.add<damaged>({}, file.string(), words);
    case SQLITE_NOTADB:
      return findings.add<not_a_journal>({}, file.string(), words);
    default:
      return findings.add<cannot_use>({}, file.string(), words);
  }
}

}  // namespace mealsync::journal_file
