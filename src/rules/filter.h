// The filter: a list of demands compiled once, asked of many documents.
//
//   TRY(const auto filter, Filter::compile(demands));
//   TRY(const auto findings, filter.evaluate(document, {sender.identifiers, today, &lookups}));
//
// 200 demands take under 100 µs on a parsed document (bench/rules.cc). A live check of a changed value is
// evaluate on the changed document. Immutable once compiled; may be shared by threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "document/business_document.h"
#include "document/identifiers.h"
#include "rules/demand.h"
#include "rules/finding.h"
#include "rules/lookups.h"

namespace postgang::rules {

struct Context {
  std::vector<document::Identifier> sender;  // all that are known of it
  Date today;                                // where the receiver is
  const Lookups* lookups = nullptr;          // may be null where no demand asks it (Filter::asks)
  std::string chain;                         // of versions: see Repetition
};

class Filter {
 public:
  // Codes: those of check.h, the first that is found.
  static Result<Filter> compile(std::vector<Demand> demands);

  // What the document falls short of, in the order of the demands. A demand that fails in several places
  // gives a finding for each, at most limits::findings_per_demand_max. Of «any» that fails, one finding: at
  // the first alternative whose value is there, else the first. Codes: those of the lookups, and
  // lookups-missing.
  Result<std::vector<Finding>> evaluate(const document::BusinessDocument& document,
                                        const Context& context) const;

  const std::vector<Demand>& demands() const;
  bool asks() const;  // a demand needs lookups

 private:
  struct Compiled;
  explicit Filter(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

bool stops(const std::vector<Finding>& findings);  // any of severity stop
bool holds(const std::vector<Finding>& findings);  // none that stops, any of severity hold

}  // namespace postgang::rules
