#include "api/event_shape.h"

#include "api/shapes.h"
#include "net/bounce_cause.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using store::EventType;

// Values by name; what is not known is left out.
class Values {
 public:
  void put(std::string_view name, std::string_view value) {
    if (!value.empty()) object_[name] = value;
  }
  void put(const std::map<std::string, std::string>& values) {
    for (const auto& [name, value] : values) put(name, value);
  }
  json::object taken() && { return std::move(object_); }

 private:
  json::object object_;
};

std::string priceText(const std::optional<Decimal>& price, std::string_view currency) {
  return price && !currency.empty() ? price->text() + " " + std::string(currency) : std::string();
}

struct ParametersOf {
  const store::Event& event;
  const store::DocumentRow& row;
  const CompanyNames& companies;
  Values& values;

  // Of what came back: why, in one of our words (texts bounce.<cause>).
  void putCause(std::string_view words) const {
    if (event.type == EventType::bounced || event.type == EventType::recipient_bounced ||
        event.type == EventType::notice_bounced)
      values.put("cause", net::bounceCauseOf(words));
  }
  void operator()(const store::ReceivedFact& fact) const {
    values.put("door", fact.door);
    values.put("fileName", fact.fileName);
  }
  void operator()(const store::RecognisedFact& fact) const {
    values.put("format", fact.format);
    values.put("number", fact.number);
  }
  void operator()(const store::StoppedFact& fact) const {
    if (!fact.findings.empty()) values.put("finding", fact.findings.front().id);
    values.put("count", std::to_string(fact.findings.size()));
    if (fact.repeats) values.put("documentId", fact.repeats->text());
  }
  void operator()(const store::RoutedFact& fact) const {
    values.put("by", fact.by);
    for (const auto& step : fact.plan) {
      if (!step.reachable) continue;
      values.put("channel", step.channel);
      values.put("price", priceText(step.price, step.currency));
      values.put("reason", step.reason);
      return;
    }
    if (!fact.plan.empty()) values.put("reason", fact.plan.front().reason);
  }
  void operator()(const store::DeliveryFact& fact) const {
    putCause(fact.detail);
    values.put("channel", fact.channel);
    values.put("attempt", std::to_string(fact.attempt));
    values.put("address", fact.address);
    values.put("receiver", row.entry.receiver.name);
    values.put("evidence", fact.evidence);
    values.put("detail", fact.detail);
    if (event.type == EventType::bounced) values.put("cause", net::bounceCauseOf(fact.detail));
    values.put("batch", fact.batch);
    values.put("reference", fact.reference);
    values.put("price", priceText(fact.price, fact.currency));
    values.put("letterPrice", priceText(fact.letterPrice, fact.currency));
    if (fact.sheets) values.put("sheets", std::to_string(*fact.sheets));
    if (event.type == EventType::delivery_expired) values.put("reason", fact.evidence);
    if (fact.deadline) values.put("deadline", fact.deadline->text());
    if (fact.recipients.size() > 1) values.put("recipients", std::to_string(fact.recipients.size()));
  }
  void operator()(const store::SmartmailFact& fact) const {
    putCause(fact.detail);
    values.put("delivery", fact.delivery.text());
    values.put("address", fact.recipient);
    values.put("part", fact.part);
    values.put(event.type == EventType::deadline_moved ? "reason" : "detail", fact.detail);
    if (fact.deadline) values.put("deadline", fact.deadline->text());
  }
  void operator()(const store::AccessFact& fact) const {
    values.put("by", event.actor.name);
    const auto company = companies.find(fact.company);
    if (company != companies.end()) values.put("company", company->second);
    values.put("what", fact.what);
    values.put("address", fact.recipient);
  }
  void operator()(const store::FailedFact& fact) const {
    values.put(fact.parameters);
    values.put("reason", fact.code);
  }
  void operator()(const store::NoticeFact& fact) const {
    putCause(fact.detail);
    values.put("notice", fact.notice);
    values.put("way", fact.way);
    values.put("address", fact.address);
    values.put("detail", fact.detail);
    values.put("documents", std::to_string(fact.documents));
    if (fact.reminder) values.put("reminder", "yes");
  }
  void operator()(const store::AnswerFact& fact) const {
    values.put("code", fact.code);
    values.put("reason", fact.words);
    values.put("reasons", joined(fact.reasons, " "));
    if (fact.since) values.put("since", fact.since->text());
    values.put("receiver", row.entry.receiver.name);
  }
  void operator()(const store::NoteFact& fact) const {
    if (event.type == EventType::superseded) values.put("version", std::to_string(row.version + 1));
    if (event.type == EventType::checked) {
      values.put("warnings", "0");
      values.put("reason", fact.reason);
      return;
    }
    values.put("reason", fact.reason);
  }
};

json::value evidenceOf(const store::Event& event, const store::DocumentRow& row) {
  const auto id = row.entry.document;
  if (event.type == EventType::received)
    return evidenceShape("original", documentPath(id, "original"), row.fileName);
  if (event.type == EventType::checked || event.type == EventType::stopped)
    return evidenceShape("findings", documentPath(id, "findings"));
  // Signed in here, or a press on the page behind a Smartmail's link.
  if (const auto* access = std::get_if<store::AccessFact>(&event.fact);
      access && event.type == EventType::opened)
    return evidenceShape(access->delivery ? "press" : "opening", "");
  const auto* delivery = std::get_if<store::DeliveryFact>(&event.fact);
  if (delivery == nullptr) return nullptr;
  if (delivery->evidence.empty() && delivery->sentDigest)
    return evidenceShape("sent-bytes", documentPath(id, "deliveries/" + delivery->delivery.text() + "/sent"));
  return evidenceShape(delivery->evidence, "");
}

json::value planOf(const store::Event& event) {
  const auto* routed = std::get_if<store::RoutedFact>(&event.fact);
  if (routed == nullptr) return nullptr;
  json::array plan;
  for (const auto& step : routed->plan) plan.push_back(planStepShape(step));
  return plan;
}

json::value registersOf(const store::Event& event) {
  const auto* routed = std::get_if<store::RoutedFact>(&event.fact);
  if (routed == nullptr) return nullptr;
  json::array registers;
  for (const auto& answer : routed->registers) registers.push_back(registerShape(answer));
  return registers;
}

}  // namespace

json::value evidenceShape(std::string_view kind, std::string_view href, std::string_view name) {
  if (kind.empty()) return nullptr;
  return json::object{{"kind", kind}, {"href", textOrNull(href)}, {"name", textOrNull(name)}};
}

json::object actorShape(const store::Actor& actor) {
  switch (actor.kind) {
    case store::ActorKind::person:
      return {{"kind", "person"}, {"name", textOrNull(actor.name)}};
    case store::ActorKind::system:
    case store::ActorKind::demo:
      return {{"kind", "system"}, {"name", actor.name.empty() ? "Postgång" : actor.name.c_str()}};
    case store::ActorKind::key:
    case store::ActorKind::channel:
      break;
  }
  return {{"kind", "program"}, {"name", textOrNull(actor.name)}};
}

Result<CompanyNames> companyNames(store::Reader& reader, const std::vector<store::Event>& events) {
  CompanyNames names;
  for (const auto& event : events) {
    const auto* access = std::get_if<store::AccessFact>(&event.fact);
    if (access == nullptr || names.contains(access->company)) continue;
    const auto company = store::company(reader, access->company);
    if (!company && company.error().kind != ProblemKind::not_found) return fail(company.error());
    names[access->company] = company ? company->name : std::string();
  }
  return names;
}

json::object eventShape(const store::Event& event, const store::DocumentRow& row,
                        const CompanyNames& companies) {
  Values values;
  std::visit(ParametersOf{event, row, companies, values}, event.fact);
  json::object shape;
  shape["sequence"] = event.sequence;
  shape["type"] = document::name(event.type);
  shape["at"] = event.at.text();
  shape["actor"] = actorShape(event.actor);
  shape["parameters"] = std::move(values).taken();
  shape["plan"] = planOf(event);
  shape["registers"] = registersOf(event);
  shape["evidence"] = evidenceOf(event, row);
  shape["hash"] = hex(view(event.hash));
  return shape;
}

}  // namespace postgang::api
