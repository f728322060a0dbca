#include "api/handover_shape.h"

#include <cassert>

#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::int64_t hour_seconds = 3600;

std::string confirmationPath(std::string_view id) {
  return "/api/v1/handovers/" + std::string(id) + "/confirmation";
}

}  // namespace

json::object handoverShape(const channels::Handover& handover) {
  return {{"way", channels::name(handover.way)},
          {"address", textOrNull(handover.address)},
          {"hostKey", textOrNull(handover.hostKey)},
          {"copy", handover.copy},
          {"hours", handover.hours}};
}

json::object waitingShape(const store::WaitingHandover& waiting, int hours) {
  const auto id = waiting.document.text();
  return {{"id", id},
          {"test", false},
          {"kind", document::name(waiting.kind)},
          {"number", textOrNull(waiting.number)},
          {"sender", partyShape(waiting.sender)},
          {"dueDate", dateOrNull(waiting.dueDate)},
          {"amount", amountOrNull(waiting.amount, waiting.currency)},
          {"handedOverAt", waiting.sentAt.text()},
          {"fetchBy", waiting.sentAt.plusSeconds(hours * hour_seconds).text()},
          {"overdue", waiting.overdue},
          {"evidence", textOrNull(waiting.evidence)},
          {"original", documentPath(waiting.document, "original")},
          {"copy", documentPath(waiting.document, "copies/readable")},
          {"confirmation", confirmationPath(id)}};
}

json::object handoverTestShape(const store::HandoverTest& test) {
  const auto id = test.id.text();
  return {{"id", id},
          {"kind", test.kind},
          {"way", test.way},
          {"number", test.number},
          {"startedAt", test.startedAt.text()},
          {"state", test.state},
          {"evidence", textOrNull(test.evidence)},
          {"detail", textOrNull(test.detail)},
          {"fetchedAt", instantOrNull(test.fetchedAt)},
          {"endedAt", instantOrNull(test.endedAt)},
          {"original", "/api/v1/handovers/tests/" + id + "/original"},
          {"confirmation", confirmationPath(id)}};
}

json::object handoverRulesShape(const channels::HandoverRules& rules, std::string_view companyIdentifier) {
  return {{"folder", !rules.root.empty()},
          {"ownFolder",
           rules.root.empty() ? json::value(nullptr) : json::value(channels::ownFolderOf(companyIdentifier))},
          {"sftp", !rules.keyFile.empty()},
          {"publicKey", textOrNull(rules.publicKey)},
          {"email", rules.mail}};
}

const channels::System& systemChannel(const flow::Flow& flow) {
  const auto* system = dynamic_cast<const channels::System*>(flow.channels().find("system"));
  assert(system && "the registry always has it");
  return *system;
}

}  // namespace postgang::api
