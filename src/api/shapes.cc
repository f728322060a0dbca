#include "api/shapes.h"

#include <charconv>

namespace postgang::api {

namespace json = boost::json;

json::value textOrNull(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value dateOrNull(const std::optional<Date>& date) {
  return date ? json::value(date->text()) : json::value(nullptr);
}

json::value instantOrNull(const std::optional<Instant>& instant) {
  return instant ? json::value(instant->text()) : json::value(nullptr);
}

json::object amountShape(const Decimal& value, std::string_view currency) {
  return {{"value", value.text()}, {"currency", currency}};
}

json::value amountOrNull(const std::optional<Decimal>& value, std::string_view currency) {
  if (!value || currency.empty()) return nullptr;
  return amountShape(*value, currency);
}

json::object parametersShape(const std::map<std::string, std::string>& parameters) {
  json::object object;
  for (const auto& [name, value] : parameters) object[name] = value;
  return object;
}

std::string companyIdText(CompanyId id) {
  return std::to_string(id.value);
}

std::optional<CompanyId> companyIdFrom(std::string_view text) {
  CompanyId id;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
  if (error != std::errc() || end != text.data() + text.size() || id.value < 1) return std::nullopt;
  return id;
}

json::object companyShape(const store::Company& company) {
  const auto maybe = [](const std::optional<CompanyId>& id) {
    return id ? json::value(companyIdText(*id)) : json::value(nullptr);
  };
  return {{"id", companyIdText(company.id)},
          {"identifier", company.identifier},
          {"identifiers", json::array(company.identifiers.begin(), company.identifiers.end())},
          {"name", company.name},
          {"parent", maybe(company.parent)},
          {"group", companyIdText(company.group)},
          {"sandboxOf", maybe(company.sandboxOf)},
          {"isOperator", company.isOperator},
          {"isCustomer", company.isCustomer}};
}

json::object partyShape(const store::PartyFact& party) {
  json::object object;
  if (party.identifier.empty() && !party.customerNumber.empty())
    object["identifier"] = "customer:" + party.customerNumber;
  else
    object["identifier"] = textOrNull(party.identifier);
  object["name"] = textOrNull(party.name);
  return object;
}

json::object summaryShape(const store::Entry& entry) {
  json::object object;
  object.reserve(18);
  object["id"] = entry.document.text();
  object["companyId"] = companyIdText(entry.company);
  object["internal"] = entry.internal;
  object["number"] = textOrNull(entry.number);
  object["type"] = document::name(entry.kind);
  object["direction"] = store::name(entry.direction);
  object["status"] = document::name(entry.status);
  object["channel"] = textOrNull(entry.channel);
  object["sender"] = partyShape(entry.sender);
  object["receiver"] = partyShape(entry.receiver);
  object["customerNumber"] = textOrNull(entry.receiver.customerNumber);
  object["issueDate"] = dateOrNull(entry.issueDate);
  object["dueDate"] = dateOrNull(entry.dueDate);
  object["amount"] = amountOrNull(entry.amount, entry.currency);
  object["receivedAt"] = entry.receivedAt.text();
  object["lastEvent"] = json::object{{"type", document::name(entry.lastEvent)},
                                     {"at", entry.lastEventAt.text()},
                                     {"detail", textOrNull(entry.lastEventDetail)}};
  return object;
}

json::object answerShape(const insight::Answer& answer) {
  return {{"key", answer.key},
          {"colour", insight::name(answer.colour)},
          {"parameters", parametersShape(answer.parameters)}};
}

json::object planStepShape(const store::PlanStep& step) {
  return {{"channel", step.channel},
          {"reachable", step.reachable},
          {"price", amountOrNull(step.price, step.currency)},
          {"reason", step.reason}};
}

json::object registerShape(const store::RegisterFact& answer) {
  return {{"name", answer.name}, {"answer", answer.answer}, {"askedAt", answer.askedAt.text()}};
}

json::object happeningShape(const store::FeedItem& item) {
  return {{"documentId", item.document.text()},    {"event", document::name(item.event)},
          {"status", document::name(item.status)}, {"direction", store::name(item.direction)},
          {"type", document::name(item.kind)},     {"at", item.at.text()},
          {"number", textOrNull(item.number)},     {"counterpart", textOrNull(item.counterpartName)}};
}

namespace {

json::object volumeShape(const insight::Volume& volume) {
  json::array amounts;
  for (const auto& money : volume.amounts) amounts.push_back(amountShape(money.value, money.currency));
  return {{"documents", volume.documents}, {"amounts", std::move(amounts)}};
}

json::object needsYouShape(const insight::NeedsYou& need) {
  json::array reasons;
  for (const auto& reason : need.reasons)
    reasons.push_back({{"code", reason.code}, {"count", reason.documents}});
  const auto kind = need.isUnreachable  ? std::string_view("notice-unreachable")
                    : need.goesToPaper  ? std::string_view("smartmail-deadline")
                    : need.isNotFetched ? std::string_view("not-fetched")
                                        : document::name(need.status);
  return {{"kind", kind},
          {"direction", store::name(need.direction)},
          {"count", need.documents},
          {"reasons", std::move(reasons)},
          {"counterparts", json::array(need.counterparts.begin(), need.counterparts.end())},
          {"oldest", need.oldest.text()}};
}

json::object channelShape(const insight::ChannelActivity& activity) {
  json::object object;
  object["channel"] = activity.channel;
  object["days"] = json::array(activity.days.begin(), activity.days.end());
  object["today"] = activity.days.back();
  object["delivered"] = activity.delivered.part;
  object["total"] = activity.delivered.total;
  object["medianSecondsToReceipt"] =
      activity.medianSecondsToReceipt ? json::value(*activity.medianSecondsToReceipt) : json::value(nullptr);
  object["price"] = activity.price ? json::value(amountShape(activity.price->value, activity.price->currency))
                                   : json::value(nullptr);
  return object;
}

}  // namespace

json::object overviewShape(const insight::Overview& overview) {
  json::array needs, channels, latest;
  for (const auto& need : overview.needsYou) needs.push_back(needsYouShape(need));
  for (const auto& channel : overview.channels) channels.push_back(channelShape(channel));
  for (const auto& item : overview.latest) latest.push_back(happeningShape(item));
  return {{"date", overview.today.text()},
          {"period", insight::name(overview.period)},
          {"from", overview.from.text()},
          {"to", overview.to.text()},
          {"sent", volumeShape(overview.sent)},
          {"received", volumeShape(overview.received)},
          {"deliveredShare",
           {{"delivered", overview.delivered.part},
            {"total", overview.delivered.total},
            {"days", insight::overview_days}}},
          {"openedShare",
           {{"opened", overview.opened.part},
            {"total", overview.opened.total},
            {"days", insight::overview_days},
            {"withinDays", insight::opened_within_days}}},
          {"unopenedReceived", overview.unopenedReceived},
          {"needsYou", std::move(needs)},
          {"channels", std::move(channels)},
          {"latest", std::move(latest)}};
}

json::object listShape(json::array items, const std::optional<std::string>& nextCursor) {
  return {{"items", std::move(items)},
          {"nextCursor", nextCursor ? json::value(*nextCursor) : json::value(nullptr)}};
}

std::string documentPath(DocumentId id, std::string_view below) {
  std::string path = "/api/v1/documents/" + id.text();
  if (!below.empty()) path.append("/").append(below);
  return path;
}

}  // namespace postgang::api
