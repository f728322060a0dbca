// An invoice or credit note for a customer of ours, taken in as if the customer itself had handed it in. What
// cannot be taken in is none of the access point's business: its sender is told by a message level status.
#include <memory>

#include "base/text.h"
#include "flow/intake.h"
#include "flow/peppol_mls.h"
#include "flow/peppol_plan.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::size_t words_points_max = 500;

// The earlier one of the same bytes, which this is again.
std::optional<DocumentId> earlierOf(const Problem& problem) {
  const auto id = problem.parameters.find("documentId");
  if (problem.code != "duplicate-document" || id == problem.parameters.end()) return std::nullopt;
  return DocumentId::parse(id->second);
}

bool isUnreadable(const Problem& problem) {
  return problem.code.starts_with("xml-") || problem.code.starts_with("format-");
}

std::string fileNameOf(const store::PeppolExchange& exchange) {
  return exchange.kind + "-" + truncated(exchange.instance, 100) + ".xml";
}

struct Arrived {
  Upload upload;
  std::optional<PreparedUpload> prepared;
  std::optional<Problem> refused;
};

Outcome keepArrived(store::Transaction& tx, const Arrived& arrived, const std::string& instance,
                    Instant now) {
  std::optional<Problem> refused = arrived.refused;
  std::optional<DocumentId> document;
  if (arrived.prepared) {
    TRY(const auto kept, keep(tx, *arrived.prepared, now));
    refused = kept.refused;
    if (refused)
      document = earlierOf(*refused);
    else
      document = kept.accepted.documents.front().id;
  }
  if (document)
    CHECK_OK(store::setExchangeDocument(tx, store::ExchangeDirection::in, instance, *document));
  else
    CHECK_OK(store::setExchangeMls(tx, store::ExchangeDirection::in, instance, "RE",
                                   truncated(refused->detail, words_points_max), now));
  return store::enqueue(tx, peppolMlsJob(instance, now, refused && isUnreadable(*refused)));
}

}  // namespace

Result<PeppolPlan> planPeppolInvoice(const Tools& tools, store::Reader& reader, const PeppolArrival& arrival,
                                     store::PeppolExchange exchange, const Limits& limits) {
  const auto arrived = std::make_shared<Arrived>();
  auto& upload = arrived->upload;
  upload.sender = *exchange.company;
  upload.actor = peppolActor();
  upload.door = "peppol";
  upload.fileName = fileNameOf(exchange);
  upload.mediaType = arrival.envelope.mediaType;
  upload.bytes = arrival.envelope.payload;
  upload.inbound = true;
  // A customer of ours that sends through another provider: the network says that it is them.
  TRY(const auto sender, store::companyByIdentifier(reader, exchange.sender));
  if (sender && sender->isCustomer) upload.vouched = sender->id;
  if (auto prepared = prepare(tools, limits, upload))
    arrived->prepared = std::move(*prepared);
  else
    arrived->refused = std::move(prepared).error();
  PeppolPlan plan{std::move(exchange)};
  plan.commit = [arrived, instance = plan.exchange.instance, now = tools.clock.now()](
                    store::Transaction& tx) { return keepArrived(tx, *arrived, instance, now); };
  return plan;
}

}  // namespace postgang::flow
