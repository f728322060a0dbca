// A leaving customer's archive: everything that a company owns, as one zip that needs nobody to be read.
//
//   index.html                     what is where, in words
//   SHA256SUMS                     of every other file (sha256sum -c)
//   documents.csv                  every document: number, date, counterpart, amount, status, its folder
//   documents/<sent|received>/<year>/<id>/
//     original-…                   as it was received
//     evidence.zip                 events with hashes and all that left byte for byte (evidence.h);
//                                  postgang verify-evidence
//     findings.json                what it failed, where it failed anything
//   partners.csv, companies.csv, users.csv
//   filters/<id>-<version>.json    every version of every filter
//   registers/<id>.csv             every row
//   settings.json                  what the company has set; no secrets
//   tickets.csv                    every ticket, closed ones too, and its folder
//   tickets/<number>/
//     ticket.json                  what was said and done in it; no notes of another desk
//     <id>-…                       each attachment as it came
//   audit.jsonl                    the company's trail
//
// Written as it is read, in constant memory. Names are ours or made of letters, digits, - _ and dots.
#pragma once

#include <functional>
#include <string>

#include "base/text.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::flow {

struct LeavingOrder {
  store::Viewer viewer = store::Viewer::ofCompanies({}, {});  // sees the company whole
  CompanyId company;
  Language language = Language::swedish;
  std::string file;  // to be written
};
// Told after every page of documents; a Problem from it ends the work.
using LeavingProgress = std::function<Outcome(std::int64_t documents, std::int64_t total)>;

// Answers how many documents there are in it. Codes: zip-not-written, blob-damaged, the store's.
Result<std::int64_t> writeLeaving(store::Store& store, const Clock& clock, const LeavingOrder& order,
                                  const LeavingProgress& progress);

}  // namespace postgang::flow
