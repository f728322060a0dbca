#include "flow/demands.h"

#include <algorithm>

#include "flow/compiled_filters.h"
#include "flow/demand_lookups.h"
#include "flow/findings.h"
#include "store/filters.h"

namespace postgang::flow {

using rules::Severity;
using rules::Test;

namespace {

constexpr std::size_t compiled_filters_max = 1000;

// What it holds is a function of what is asked for and nothing else, so one for the process will do.
CompiledFilters& compiledFilters() {
  static CompiledFilters filters(compiled_filters_max);
  return filters;
}

std::string_view causeOf(Test test) {
  switch (test) {
    case Test::attachment:
      return "attachment";
    case Test::in_register:
      return "register";
    case Test::registered_account:
      return "account";
    case Test::not_repeated:
      return "repeated";
    case Test::line_has:
      return "line";
    case Test::max_days_old:
    case Test::not_in_future:
    case Test::min_days_left:
    case Test::min_days_after:
      return "age";
    default:
      return "form";
  }
}

std::string_view causeOf(const rules::Finding& finding) {
  const auto test = rules::testFromName(finding.test);
  if (!test) return "other";
  const auto cause = causeOf(*test);
  const bool valueMissing = finding.term && finding.value.empty() && *test != Test::absent;
  return valueMissing && (cause == "form" || cause == "register" || cause == "age") ? "missing" : cause;
}

struct Found {
  Severity severity{};
  store::FindingFact fact;
};

int rank(Severity severity) {
  return severity == Severity::stop ? 0 : severity == Severity::hold ? 1 : 2;
}

Verdict verdictOf(Severity worst) {
  return worst == Severity::stop ? Verdict::stop : worst == Severity::hold ? Verdict::hold : Verdict::warn;
}

// Some of its demands are for certain senders alone.
bool asksWho(const rules::Filter& filter) {
  return std::ranges::any_of(filter.demands(), [](const auto& demand) {
    return demand.appliesTo.senders != rules::Scope::Senders::all;
  });
}

}  // namespace

store::FindingFact demandFinding(const rules::Finding& found, const std::string& filter) {
  Parameters parameters = {{"demand", found.id},
                           {"filter", filter},
                           {"severity", std::string(rules::name(found.severity))},
                           {"sv", found.messageSv},
                           {"en", found.messageEn},
                           {"wantedSv", found.wantedSv},
                           {"wantedEn", found.wantedEn},
                           {"example", found.example},
                           {"groupPlace", found.groupPlace}};
  if (!found.related.empty()) parameters.emplace("documentId", found.related);
  auto fact = finding("demand-" + std::string(causeOf(found)), found.term, found.place, found.value,
                      std::move(parameters));
  if (found.severity == Severity::warn) fact.severity = "warning";
  return fact;
}

Result<std::vector<rules::Finding>> findingsBy(const rules::Filter& filter, store::Reader& reader,
                                               CompanyId receiver, const document::BusinessDocument& document,
                                               DocumentId root, Instant at) {
  const ReceiverLookups lookups(reader, receiver, at);
  rules::Context context;
  if (filter.asks() || asksWho(filter)) {
    TRY(context, demandContext(reader, document, lookups, root, at));
  } else {
    context.today = dateInStockholm(at);
  }
  return filter.evaluate(document, context);
}

Result<Judged> judgeByReceiver(store::Reader& reader, CompanyId receiver,
                               const document::BusinessDocument& document, DocumentId root, Instant now) {
  Judged judged;
  TRY(const auto filters, store::activeFilters(reader, receiver, now));
  if (filters.empty()) return judged;

  const ReceiverLookups lookups(reader, receiver, now);
  TRY(const auto context, demandContext(reader, document, lookups, root, now));
  std::vector<Found> all;
  for (const auto& active : filters) {
    TRY(const auto filter, compiledFilters().of(active.rulesDigest, [&] {
      return store::filterRules(reader, active.id, active.version);
    }));
    TRY(const auto findings, filter.evaluate(document, context));
    for (const auto& found : findings)
      all.push_back({found.severity, demandFinding(found, active.id.text())});
  }
  if (all.empty()) return judged;
  std::ranges::stable_sort(all, {}, [](const Found& one) { return rank(one.severity); });
  judged.verdict = verdictOf(all.front().severity);
  for (auto& one : all) judged.findings.push_back(std::move(one.fact));
  return judged;
}

}  // namespace postgang::flow
