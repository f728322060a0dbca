// A list that is given out as a file: page after page of it, until its end.
#pragma once

#include "flow/exports.h"

namespace postgang::api {

// `list(query)` answers a page with `items` and `nextCursor`; `add` takes each item. Code export-too-large:
// more rows than flow::export_rows_max.
template <typename Query, typename List, typename Add>
Outcome eachOfPages(Query query, int page_rows, const List& list, const Add& add) {
  query.limit = page_rows;
  for (int rows = 0;;) {
    TRY(const auto page, list(query));
    for (const auto& item : page.items) add(item);
    rows += static_cast<int>(page.items.size());
    if (!page.nextCursor) return {};
    if (rows >= flow::export_rows_max) return flow::exportTooLarge();
    query.cursor = *page.nextCursor;
  }
}

}  // namespace postgang::api
