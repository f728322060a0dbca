#include "flow/ticket_snapshot.h"

#include <boost/json.hpp>

#include "base/text.h"
#include "store/documents.h"

namespace postgang::flow {
namespace {

namespace json = boost::json;

constexpr std::size_t events_max = 100, deliveries_max = 20, findings_max = 50;
constexpr std::size_t detail_points_max = 300;

json::value orNull(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(truncated(text, detail_points_max));
}

template <typename T>
json::value textOrNull(const std::optional<T>& value) {
  return value ? json::value(value->text()) : json::value(nullptr);
}

// The one thing that explains the event, where there is one.
std::string detailOf(const store::Fact& fact) {
  if (const auto* stopped = std::get_if<store::StoppedFact>(&fact))
    return stopped->findings.empty() ? std::string() : stopped->findings.front().id;
  if (const auto* delivery = std::get_if<store::DeliveryFact>(&fact))
    return delivery->channel + (delivery->detail.empty() ? "" : ": " + delivery->detail);
  if (const auto* failed = std::get_if<store::FailedFact>(&fact)) return failed->code;
  if (const auto* note = std::get_if<store::NoteFact>(&fact)) return note->reason;
  if (const auto* mail = std::get_if<store::SmartmailFact>(&fact)) return mail->detail;
  if (const auto* answer = std::get_if<store::AnswerFact>(&fact)) return answer->code + " " + answer->words;
  return {};
}

json::object headOf(const store::Entry& entry) {
  return {{"number", orNull(entry.number)},           {"kind", document::name(entry.kind)},
          {"status", document::name(entry.status)},   {"direction", store::name(entry.direction)},
          {"sender", orNull(entry.sender.name)},      {"receiver", orNull(entry.receiver.name)},
          {"amount", textOrNull(entry.amount)},       {"currency", orNull(entry.currency)},
          {"issueDate", textOrNull(entry.issueDate)}, {"dueDate", textOrNull(entry.dueDate)},
          {"receivedAt", entry.receivedAt.text()},    {"channel", orNull(entry.channel)}};
}

json::array timelineOf(const std::vector<store::Event>& events) {
  json::array items;
  for (std::size_t i = events.size() > events_max ? events.size() - events_max : 0; i < events.size(); ++i)
    items.push_back({{"at", events[i].at.text()},
                     {"event", document::name(events[i].type)},
                     {"by", orNull(events[i].actor.name)},
                     {"detail", orNull(detailOf(events[i].fact))}});
  return items;
}

json::array deliveriesOf(const std::vector<store::Delivery>& deliveries) {
  json::array items;
  for (std::size_t i = 0; i < deliveries.size() && i < deliveries_max; ++i)
    items.push_back({{"channel", deliveries[i].channel},
                     {"status", document::name(deliveries[i].status)},
                     {"address", orNull(deliveries[i].address)},
                     {"evidence", orNull(deliveries[i].evidence)},
                     {"attempts", deliveries[i].attempts.size()}});
  return items;
}

json::array findingsOf(const std::vector<store::FindingFact>& findings) {
  json::array items;
  for (std::size_t i = 0; i < findings.size() && i < findings_max; ++i)
    items.push_back({{"id", findings[i].id},
                     {"severity", findings[i].severity},
                     {"term", orNull(findings[i].term)},
                     {"detail", orNull(findings[i].detail)}});
  return items;
}

}  // namespace

Result<DocumentSeen> documentForTicket(store::Reader& reader, CompanyId company, DocumentId document,
                                       Instant now) {
  const auto as = store::Viewer::ofCompanies({company}, {});
  TRY(auto row, store::findDocument(reader, as, document, company));
  TRY(const auto events, store::eventsOf(reader, as, document));
  TRY(const auto deliveries, store::deliveriesOf(reader, as, document));
  TRY(const auto findings, store::findingsOf(reader, as, document));
  DocumentSeen seen;
  seen.document.document = document;
  seen.document.direction = row.entry.direction;
  seen.document.kind = row.entry.kind;
  seen.document.number = row.entry.number;
  seen.document.counterpartName = row.entry.counterpartName;
  seen.document.attachedAt = now;
  seen.document.snapshot = json::serialize(json::object{{"at", now.text()},
                                                        {"document", headOf(row.entry)},
                                                        {"timeline", timelineOf(events)},
                                                        {"deliveries", deliveriesOf(deliveries)},
                                                        {"findings", findingsOf(findings)}});
  seen.entry = std::move(row.entry);
  return seen;
}

}  // namespace postgang::flow
