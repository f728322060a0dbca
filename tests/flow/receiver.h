// A house whose buyer has filters: what it demands stops, holds or remarks on what the seller sends.
#pragma once

#include <string>
#include <vector>

#include "store/filters.h"
#include "tests/flow/house.h"

namespace postgang::flow {

inline const std::string order_number_demanded =
    R"([{"id":"order","term":"BT-13","test":"digits","least":8,"most":8,"prefix":"45"}])";

inline std::string held(std::string rules) {
  return rules.insert(rules.size() - 2, R"(,"severity":"hold")");
}

class ReceiverWithFilter : public House {
 protected:
  void demand(const std::string& rules) {
    const auto outcome = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      return store::createFilter(tx, granberga_, ids_.next<store::FilterId>(), {"Krav", true, {}, rules, ""},
                                 {store::ActorKind::person, "1", "Ivar Lind"});
    });
    ASSERT_TRUE(outcome) << outcome.error().detail;
  }

  static store::Viewer viewer(CompanyId company, const std::string& name) {
    return store::Viewer::ofCompanies({company}, {store::ActorKind::person, name, name});
  }
  store::Viewer seller() const { return viewer(energi_, "Karin Sund"); }
  store::Viewer buyer() const { return viewer(granberga_, "Ivar Lind"); }

  static CorrectionRequest orderNumber(DocumentId document, std::string value) {
    CorrectionRequest request;
    request.document = document;
    request.changes = {{document::Term::BT_13, {}, std::move(value), {}}};
    return request;
  }
  DocumentId corrected(const CorrectionRequest& request) {
    const auto made = flow_->correct(seller(), request);
    EXPECT_TRUE(made) << made.error().code << ": " << made.error().detail;
    return made ? made->id : DocumentId();
  }
  std::string received(DocumentId id) {
    const auto row = find(id, granberga_);
    return row ? std::string(document::name(row->entry.status)) : row.error().code;
  }
  std::vector<std::string> jobsWaiting() {
    std::vector<std::string> kinds;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto states, store::queueStates(reader));
      for (const auto& state : states)
        if (state.waiting > 0) kinds.push_back(state.kind);
      return {};
    });
    EXPECT_TRUE(read);
    return kinds;
  }
};

}  // namespace postgang::flow
