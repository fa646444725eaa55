// campus/oneroster/extras.hpp -- two files of ours, for what a OneRoster set has no place for.
//
// Provisions   school,school_year,provision,isp,group
// Households   household,student,secondary,start_date,end_date,name
#pragma once

#include <campus/oneroster/table.hpp>
#include <campus/oneroster/texts.hpp>
#include <campus/store/incoming_roster.hpp>

namespace mealsync::oneroster {

class Provisions {
 public:
  explicit Provisions(Table& table);
  void read(Texts& texts, campus::IncomingRoster& roster);

 private:
  Table& table_;
  struct {
    Table::Column school, year, provision, isp, group;
  } at_;
};

class Households {
 public:
  explicit Households(Table& table);
  void read(Texts& texts, campus::IncomingRoster& roster);

 private:
  Table& table_;
  struct {
    Table::Column household, student, secondary, first, last, name;
  } at_;
};

}  // namespace mealsync::oneroster
