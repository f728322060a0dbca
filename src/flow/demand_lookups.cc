#include "flow/demand_lookups.h"

#include <algorithm>

#include "document/parties.h"
#include "flow/filter.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/registers.h"
#include "store/repetition.h"

namespace postgang::flow {

using document::Identifier;
using document::Term;

namespace {

store::RegisterKind kept(rules::RegisterKind kind) {
  switch (kind) {
    case rules::RegisterKind::order_number:
      return store::RegisterKind::orders;
    case rules::RegisterKind::cost_centre:
      return store::RegisterKind::cost_centres;
    case rules::RegisterKind::supplier_account:
      return store::RegisterKind::accounts;
    case rules::RegisterKind::reference:
      break;
  }
  return store::RegisterKind::references;
}

// The day begins at midnight in Sweden, one or two hours before that of UTC; the earlier will do.
Instant startOf(Date date) {
  return Instant::atMidnight(date).plusSeconds(-2 * 3600);
}

Result<bool> hasAmount(store::Reader& reader, DocumentId id, const Decimal& amount,
                       std::string_view currency) {
  TRY(const auto bytes, store::parsed(reader, id));
  if (!bytes) return false;
  TRY(const auto document, document::BusinessDocument::restored(*bytes));
  return document.decimal(Term::BT_112) == amount && document.currency() == currency;
}

}  // namespace

Result<bool> ReceiverLookups::inRegister(std::string_view registerName, rules::RegisterKind kind,
                                         std::string_view value, rules::Supplier supplier,
                                         Date onDate) const {
  return store::inRegister(reader_, receiver_, registerName, kept(kind), value, supplier, onDate);
}

Result<std::vector<document::PaymentAccount>> ReceiverLookups::registeredAccounts(rules::Supplier supplier,
                                                                                  Date onDate) const {
  return store::registeredAccounts(reader_, receiver_, supplier, onDate);
}

Result<std::optional<rules::Earlier>> ReceiverLookups::earlier(const rules::Repetition& repetition) const {
  std::vector<std::string> counterparts;
  for (const auto& identifier : repetition.supplier) counterparts.push_back(identifier.text());
  store::RepetitionQuery query;
  query.receiver = receiver_;
  query.number = repetition.number;
  query.counterparts = counterparts;
  query.since = startOf(repetition.since);
  query.before = at_;
  TRY(const auto candidates, store::receivedBefore(reader_, store::Viewer::system(), query));
  for (const auto& candidate : candidates) {
    if (candidate.root.text() == repetition.chain) continue;
    TRY(const auto same, hasAmount(reader_, candidate.document, repetition.amount, repetition.currency));
    if (same)
      return std::optional(rules::Earlier{candidate.document.text(), std::string(repetition.number),
                                          dateInStockholm(candidate.receivedAt)});
  }
  return std::optional<rules::Earlier>();
}

Result<std::vector<std::string>> ReceiverLookups::suggestions(std::string_view registerName,
                                                              rules::RegisterKind kind,
                                                              std::string_view prefix,
                                                              std::size_t max) const {
  return store::registerSuggestions(reader_, receiver_, registerName, kept(kind), prefix,
                                    dateInStockholm(at_), max);
}

Result<std::vector<Identifier>> senderIdentifiers(store::Reader& reader,
                                                  const document::BusinessDocument& document) {
  auto identifiers = document::issuerOf(document).identifiers;
  if (identifiers.empty()) return identifiers;
  TRY(const auto company, store::companyByIdentifier(reader, identifiers.front().text()));
  if (!company) return identifiers;
  for (const auto& text : company->identifiers) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) continue;
    Identifier known{text.substr(0, colon), text.substr(colon + 1)};
    if (std::ranges::find(identifiers, known) == identifiers.end()) identifiers.push_back(std::move(known));
  }
  return identifiers;
}

Result<rules::Context> demandContext(store::Reader& reader, const document::BusinessDocument& document,
                                     const rules::Lookups& lookups, DocumentId root, Instant at) {
  rules::Context context;
  TRY(context.sender, senderIdentifiers(reader, document));
  context.today = dateInStockholm(at);
  context.lookups = &lookups;
  context.chain = root.text();
  return context;
}

}  // namespace postgang::flow
