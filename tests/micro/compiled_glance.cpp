#include <benchmark/benchmark.h>

#include "compiled_in.hpp"
#include "glance.hpp"

namespace mealsync::micro {
namespace {

class OnStructs : public Chain {
 public:
  explicit OnStructs(const Links& links)
      : links_(links.size()), ports_(ports_of(links.front()->input.view())) {}

  void take(const ms_batch& batch) override {
    if (records_.empty())
      mealsync::detail::each_row(batch, [&](Row row) {
        records_.push_back({{}, row[ports_.status], {}, {}, {}, {}});
      });
    for (std::size_t i = 0; i < links_; ++i) {
      for (Record& record : records_)
        record.eligibility = eligibility_of(record.status);
      benchmark::ClobberMemory();  // so that the next round is not left out as being the same
    }
    rows_ += records_.size();
  }

 private:
  struct Record {
    Text state_id, status, code;
    Date start, end;
    Eligibility eligibility{};
  };

  static Glance::Ports ports_of(const std::vector<ms_field>& fields) {
    Columns columns(fields);
    return {{}, columns};
  }

  std::size_t links_;
  Glance::Ports ports_;
  std::vector<Record> records_;
};

}  // namespace

std::unique_ptr<Chain> compiled_glance(const Links& links) {
  return std::make_unique<CompiledIn<Glance>>(links);
}

std::unique_ptr<Chain> glance_on_structs(const Links& links) {
  return std::make_unique<OnStructs>(links);
}

}  // namespace mealsync::micro
