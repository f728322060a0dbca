// A small world of documents for the tests of what is read: three companies, a mixed hundred of documents,
// some with the same dates and amounts, some with none, some stopped. Always the same.
#pragma once

#include <random>
#include <vector>

#include "store/documents.h"
#include "tests/store/both_stores.h"

namespace postgang::store {

inline Viewer of(CompanyId company) {
  return Viewer::ofCompanies({company}, {});
}

class World : public BothStores {
 protected:
  void fill(int documents) {
    std::mt19937 random(11);  // the same on every machine
    const auto some = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
    const std::vector<CompanyId> companies{company(1), company(2), company(3)};
    for (int i = 0; i < documents; ++i) {
      const auto sender = companies[static_cast<std::size_t>(some(3))];
      const auto receiver = companies[static_cast<std::size_t>(some(3))];
      auto facts = invoiceFacts(sender, receiver, "F-2026-" + std::to_string(1000 + i),
                                std::to_string(100 * (1 + some(6))) + ".50");
      facts.kind = some(4) == 0 ? document::Kind::credit_note : document::Kind::invoice;
      facts.dueDate = Date::of(2026, 12, 1).plusDays(some(5));
      if (some(8) == 0) facts.dueDate.reset();
      if (some(8) == 0) facts.amount.reset();
      const int fate = some(6);
      if (fate == 0)
        received(sender);
      else if (fate == 1)
        appendTo(received(sender),
                 {{EventType::recognised, {}, facts}, {EventType::stopped, {}, StoppedFact{}}});
      else
        delivered(sender, receiver, facts);
      clock_.advanceSeconds(some(3) * 3600 + 1);
    }
  }

  std::vector<Entry> listed(const Viewer& viewer, EntryQuery query) {
    std::vector<Entry> all;
    read([&](Reader& reader) -> Outcome {
      for (int page_count = 0; page_count < 1000; ++page_count) {
        TRY(auto page, listEntries(reader, viewer, query));
        all.insert(all.end(), page.items.begin(), page.items.end());
        if (!page.nextCursor) break;
        query.cursor = *page.nextCursor;
      }
      return {};
    });
    return all;
  }

  // The sender's entries, and the receiver's.
  std::vector<Entry> everySide(const Viewer& viewer) {
    std::vector<Entry> all;
    for (const auto direction : {Direction::sent, Direction::received}) {
      EntryQuery query;
      query.direction = direction;
      for (auto& entry : listed(viewer, query)) all.push_back(std::move(entry));
    }
    return all;
  }
};

// What a list is told apart by.
inline std::vector<std::string> keys(const std::vector<Entry>& entries) {
  std::vector<std::string> keys;
  for (const auto& entry : entries)
    keys.push_back(entry.document.text() + " " + std::string(name(entry.direction)) + " " +
                   std::to_string(entry.company.value));
  return keys;
}

}  // namespace postgang::store
