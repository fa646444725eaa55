// compiled_in.hpp -- a stage's class, called row by row without the C table.
#pragma once

#include <exception>
#include <memory>
#include <vector>

#include <catalog/settings.hpp>
#include <mealsync/sdk.hpp>

#include "chain.hpp"
#include "planned_stages.hpp"

namespace mealsync::micro {

template <class S>
class CompiledIn : public Chain {
 public:
  explicit CompiledIn(const Links& links) {
    for (const PlannedStage* planned : links)
      links_.push_back(std::make_unique<Link>(*planned));
    for (std::size_t i = 0; i < links_.size(); ++i) {
      links_[i]->next = i + 1 < links_.size() ? links_[i + 1].get() : nullptr;
      links_[i]->rows = &rows_;
    }
  }

  void take(const ms_batch& batch) override { links_.front()->take(batch); }

 private:
  using Live = mealsync::detail::Live<S>;

  struct Link {
    explicit Link(const PlannedStage& planned)
        : live(Describe<typename Live::Options>().read(SettingTable(planned.settings).settings()),
               Columns(planned.input.view()), Run{school_year, as_of, false, {}, {}, {}, {}}) {
      host.size = sizeof host;
      host.self = this;
      host.emit = [](void* self, const ms_batch* batch) noexcept {
        Link& link = *static_cast<Link*>(self);
        if (link.next != nullptr)
          link.next->take(*batch);
        else
          *link.rows += batch->selected == nullptr ? batch->rows : batch->selected_count;
        return ms_status{MS_OK};
      };
      // All rows are good.
      host.report = [](void*, const ms_finding*) noexcept { std::terminate(); };
    }

    void take(const ms_batch& batch) {
      live.output.begin(batch, &host);
      mealsync::detail::each_row(batch, [&](Row row) { live.stage->process(row, live.output); });
      live.output.emit_passed();
      live.output.emit_made();
    }

    Live live;
    ms_host host{};
    Link* next = nullptr;
    std::size_t* rows = nullptr;
  };

  std::vector<std::unique_ptr<Link>> links_;
};

}  // namespace mealsync::micro
