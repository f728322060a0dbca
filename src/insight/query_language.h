// The query language of GET /documents?query=… and of the search box. What is no field, phrase, exclusion,
// day or range of amounts is text, and is searched for as text alone always was.
//
//   göteborg 4711                          both words, anywhere in what search knows of a document
//   "storgatan 14"                         these words beside each other
//   -kredit                                not
//   order:PO-77  kundnr:1001               in that field
//   status:stoppat,failed  kanal:papper    by the names of screen or API, from their beginning
//   belopp:1000-2000  datum:förra veckan   ranges
//   1000-2000  8 014,00 kr  2026-03        documents in that range, or with that text
//
// A field that is not known is text (0007:5599900122, 12:30), and so is a minus before a digit. What is typed
// reaches the database as a parameter alone.
//
// Codes (invalid; `where` is the place in the query): query-value-unknown, query-range-unreadable,
// query-too-long.
#pragma once

#include <string_view>

#include "base/problem.h"
#include "base/time.h"
#include "store/documents.h"

namespace postgang::insight {

constexpr std::size_t query_code_points_max = 400;

// `today` is Stockholm's. The query's text and terms, and its limits of days and amounts, are set.
Result<store::EntryQuery> readQuery(std::string_view text, Date today);

}  // namespace postgang::insight
