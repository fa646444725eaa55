// journal/connection.hpp -- the open journal, and what SQLite refuses as a finding.
#pragma once

#include <filesystem>

#include <finding/finding.hpp>
#include <journal/database.hpp>
#include <journal/journal.hpp>
#include <journal/rules.hpp>
#include <mealsync/spool.hpp>

namespace mealsync {

struct Journal::Connection {
  std::filesystem::path file;
  journal_file::Database database;
};

namespace journal_file {

void add_fault(const std::filesystem::path& file, const Fault& fault, Findings& findings);

/// Whether `work` went to its end; if not, SQLite's fault is told.
template <class Work>
bool attempt(const std::filesystem::path& file, Findings& findings, const Work& work) {
  try {
    work();
    return true;
  } catch (const Fault& fault) {
    add_fault(file, fault, findings);
  } catch (const NoRoom& fault) {  // of the findings that are to be written
    findings.add<journal_rules::cannot_use>({}, file.string(), fault.what());
  }
  return false;
}

}  // namespace journal_file
}  // namespace mealsync
