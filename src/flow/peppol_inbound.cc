#include "flow/peppol_inbound.h"

#include "base/bytes.h"
#include "base/text.h"
#include "channels/peppol_envelope.h"
#include "flow/peppol_outbox.h"
#include "flow/peppol_plan.h"
#include "flow/retries.h"
#include "flow/words.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::ExchangeDirection;

namespace {

constexpr std::string_view level_response = "message-level-response";
constexpr std::string_view level_response_type =
    "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2::ApplicationResponse##urn:fdc:"
    "peppol.eu:poacc:trns:mlr:3::2.1";
constexpr std::string_view as4_profile = "peppol-transport-as4-v2_0";
constexpr std::size_t name_points_max = 100, message_id_points_max = 300;

// What it is, by the document type that the envelope names and the payload bears out; empty: none of ours.
std::string_view kindOf(const formats::Sbdh& header) {
  if (header.documentType.value == level_response_type) return level_response;
  for (const auto& document : formats::peppolDocuments())
    if (document.value == header.documentType.value) return document.name;
  return {};
}

std::string plain(std::string_view text, std::size_t points) {
  return truncated(withoutControls(text), points);
}

store::PeppolExchange exchangeOf(const PeppolArrival& arrival, std::string_view kind, const Digest& envelope,
                                 Instant now) {
  const auto& header = arrival.envelope.header;
  auto exchange = channels::exchangeSaidBy(header);
  exchange.direction = ExchangeDirection::in;
  exchange.kind = kind;
  exchange.receiverCountry = channels::peppolCountry(header.receiver);
  exchange.senderAccessPoint = plain(arrival.as4.senderAccessPoint, name_points_max);
  exchange.transport = as4_profile;
  exchange.mlsTo = header.mlsTo.value_or("");
  exchange.mlsAlways = header.mlsType == formats::MlsType::always_send;
  exchange.envelope = envelope;
  exchange.handedOverAt = now;
  exchange.confirmedAt = arrival.as4.at.value_or(now);
  exchange.messageId = plain(arrival.as4.messageId, message_id_points_max);
  return exchange;
}

PeppolTaken takenOf(const store::PeppolExchange& exchange) {
  return {exchange.instance, exchange.kind, exchange.document, exchange.receiverCountry};
}

// Whom an end user's document is for. A status is for us, the service provider.
Outcome findReceiver(store::Reader& reader, store::PeppolExchange& exchange) {
  if (exchange.kind == "mls") return {};
  TRY(const auto company, store::companyByIdentifier(reader, exchange.receiver));
  if (company && company->isCustomer) {
    exchange.company = company->id;
    return {};
  }
  if (exchange.kind == level_response) return {};
  return fail(problem(ProblemKind::invalid, "peppol-receiver-unknown", {{"receiver", exchange.receiver}}));
}

Result<PeppolPlan> plan(const Tools& tools, store::Reader& reader, const PeppolArrival& arrival,
                        store::PeppolExchange exchange, const Limits& limits) {
  CHECK_OK(findReceiver(reader, exchange));
  if (exchange.kind == "mls" || exchange.kind == level_response)
    return planPeppolStatus(tools, reader, arrival, std::move(exchange));
  if (exchange.kind == "invoice-response")
    return planPeppolResponse(tools, reader, arrival, std::move(exchange));
  return planPeppolInvoice(tools, reader, arrival, std::move(exchange), limits);
}

}  // namespace

Result<PeppolTaken> takePeppol(const Tools& tools, std::string_view bytes, const As4Facts& as4,
                               const Limits& limits) {
  xml::Limits xmlLimits;
  xmlLimits.bytes = bytes.size();
  PeppolArrival arrival;
  TRY(arrival.envelope, formats::readSbdh(bytes, xmlLimits));
  arrival.as4 = as4;
  const auto kind = kindOf(arrival.envelope.header);
  if (kind.empty())
    return fail(problem(ProblemKind::invalid, "peppol-document-unknown",
                        {{"type", truncated(arrival.envelope.header.documentType.value, 300)}}));
  const auto kept = PeppolEnvelope::of(bytes);
  const auto exchange = exchangeOf(arrival, kind, kept.digest, tools.clock.now());
  PeppolTaken taken;
  CHECK_OK(retried([&]() -> Outcome {
    std::optional<PeppolPlan> planned;
    CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto known, store::exchange(reader, ExchangeDirection::in, exchange.instance));
      if (known) {
        taken = takenOf(*known);
        return {};
      }
      TRY(planned, plan(tools, reader, arrival, exchange, limits));
      return {};
    }));
    if (!planned) return {};
    return tools.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
      auto row = planned->exchange;
      CHECK_OK(store::putBlob(tx, kept.digest, kept.compressed, kept.size));
      TRY(const bool first, store::keepExchange(tx, row));
      if (first && planned->commit) CHECK_OK(planned->commit(tx));
      TRY(const auto now, store::exchange(tx, ExchangeDirection::in, row.instance));
      taken = takenOf(now.value_or(row));
      return {};
    });
  }));
  return taken;
}

}  // namespace postgang::flow
