// What a viewer gets to see of the rows: entries and documents as documents.h has them.
#pragma once

#include <span>
#include <vector>

#include "store/documents.h"
#include "store/sql/rows.h"
#include "store/sql/session.h"

namespace postgang::store::sql {

// All companies that the viewer sees whole.
Result<std::vector<CompanyId>> companiesSeen(Reader& reader, const Viewer& viewer);

// Whether the viewer sees this party's side of the document.
bool seesSide(const Viewer& viewer, const Rows& rows, const EntryView& side);
// Which of the document's entries the viewer gets: the sender's before the receiver's, unless `as` says
// otherwise. Null when it sees neither.
const EntryView* entrySeen(const Rows& rows, const Viewer& viewer, std::optional<CompanyId> as);
Entry entryOf(const Rows& rows, const EntryView& view);

struct EntryKey {
  CompanyId company;
  std::int64_t id = 0;
};
// In the order asked for. An entry that is gone is left out.
Result<std::vector<Entry>> loadEntries(Connection& connection, std::span<const EntryKey> keys);

tl::unexpected<Problem> documentNotFound();

}  // namespace postgang::store::sql
