#include "api/smartmail_shape.h"

#include "api/shapes.h"
#include "flow/recipient_page.h"
#include "net/bounce_cause.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

Decimal fromHundredths(std::int64_t hundredths) {
  return Decimal::fromScaled(hundredths, 2);
}

json::value countOrNull(const std::optional<int>& count) {
  return count ? json::value(*count) : json::value(nullptr);
}

json::object twoShape(std::int64_t now, std::int64_t then) {
  return {{"now", now}, {"then", then}};
}

json::value causeOrNull(std::string_view bounced) {
  if (bounced.empty()) return nullptr;
  return bounced == flow::wrong_recipient ? json::value(bounced) : json::value(net::bounceCauseOf(bounced));
}

}  // namespace

json::array recipientsShape(const store::Road& road) {
  json::array shape;
  for (const auto& recipient : road.recipients)
    shape.push_back({{"address", recipient.address},
                     {"bounced", textOrNull(recipient.bounced)},
                     {"cause", causeOrNull(recipient.bounced)},
                     {"openedAt", instantOrNull(recipient.openedAt)}});
  return shape;
}

json::array attachmentsShape(const store::Road& road) {
  json::array shape;
  for (const auto& part : road.parts)
    if (!part.name.empty())
      shape.push_back(
          {{"name", part.name}, {"exempt", part.exempt}, {"openedAt", instantOrNull(part.openedAt)}});
  return shape;
}

json::object choicesShape(const flow::SmartmailChoices& choices) {
  return {{"remind", textOrNull(choices.remind)},
          {"extend", textOrNull(choices.extend)},
          {"postNow", textOrNull(choices.postNow)},
          {"stop", textOrNull(choices.stop)}};
}

json::object smartmailShape(const store::SmartmailRow& row, const flow::SmartmailChoices& choices) {
  const auto& road = row.delivery.road;
  json::object document{
      {"id", row.document.text()},          {"number", textOrNull(row.number)},
      {"type", document::name(row.kind)},   {"receiver", partyShape(row.buyer)},
      {"dueDate", dateOrNull(row.dueDate)}, {"amount", amountOrNull(row.amount, row.currency)}};
  return {{"document", std::move(document)},
          {"delivery", row.delivery.id.text()},
          {"state", row.state},
          {"address", row.delivery.address},
          {"sentAt", instantOrNull(road.sentAt)},
          {"deadline", instantOrNull(road.deadline)},
          {"openedAt", instantOrNull(road.openedAt)},
          {"expiredAt", instantOrNull(road.expiredAt)},
          {"letterPrice", amountOrNull(road.letterPrice, row.delivery.currency)},
          {"sheets", countOrNull(road.sheets)},
          {"reminders", road.reminders},
          {"recipients", recipientsShape(road)},
          {"attachments", attachmentsShape(road)},
          {"actions", choicesShape(choices)}};
}

json::array letterSumsShape(const std::vector<store::LetterSum>& sums) {
  json::array shape;
  for (const auto& sum : sums) shape.push_back(amountShape(fromHundredths(sum.hundredths), sum.currency));
  return shape;
}

json::value settingsShape(const channels::SmartmailSettings& settings) {
  return json::parse(channels::smartmailSettingsToJson(settings));
}

json::value settingsShape(const channels::SmartmailSet& set) {
  return json::parse(channels::smartmailSetToJson(set));
}

json::object smartmailTrialShape(const insight::SmartmailTrial& trial) {
  json::array cost, curve;
  for (const auto& one : trial.cost)
    cost.push_back({{"currency", one.currency},
                    {"now", fromHundredths(one.now_hundredths).text()},
                    {"then", fromHundredths(one.then_hundredths).text()}});
  for (std::size_t day = 0; day < trial.openedWithin.size(); ++day)
    curve.push_back({{"days", day}, {"mails", trial.openedWithin[day]}});
  return {{"from", trial.from.text()},
          {"to", trial.to.text()},
          {"mails", trial.mails},
          {"leftOut", trial.leftOut},
          {"partial", trial.partial},
          {"opened", twoShape(trial.openedNow, trial.openedThen)},
          {"posted", twoShape(trial.postedNow, trial.postedThen)},
          {"cost", std::move(cost)},
          {"withoutPrice", trial.withoutPrice},
          {"openedTooLate", trial.openedTooLate},
          {"openedAfterPosting", trial.openedAfterPosting},
          {"perhaps", trial.perhaps},
          {"openedWithin", std::move(curve)}};
}

}  // namespace postgang::api
