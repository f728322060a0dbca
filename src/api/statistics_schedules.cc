// /statistics/schedules: reports of statistics by mail. Recipients are named by their e-mail addresses and
// are users who may see the company's statistics; anybody else is refused like one who does not exist.
#include <algorithm>

#include "api/json_body.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/shapes.h"
#include "api/statistics_shape.h"
#include "base/text.h"
#include "flow/statistics_mail.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using store::StatisticsSchedule;

constexpr std::size_t name_points_max = 80, recipients_max = 20, address_max = 254;

Result<json::object> scheduleShape(store::Reader& reader, const StatisticsSchedule& schedule) {
  json::array formats, recipients;
  for (const auto& format : schedule.formats) formats.emplace_back(format);
  for (const auto id : schedule.recipients) {
    TRY(const auto user, store::user(reader, id));
    if (user) recipients.push_back(json::object{{"name", user->name}, {"email", user->email}});
  }
  return json::object{
      {"id", schedule.id.text()},
      {"name", schedule.name},
      {"question", jsonOf(wordsFrom(schedule.question))},
      {"every", schedule.every},
      {"formats", std::move(formats)},
      {"recipients", std::move(recipients)},
      {"createdBy", textOrNull(schedule.createdByName)},
      {"createdAt", schedule.createdAt.text()},
      {"nextAt", schedule.pausedReason.empty() ? json::value(schedule.nextAt.text()) : json::value()},
      {"lastSentAt", instantOrNull(schedule.lastSentAt)},
      {"pausedReason", textOrNull(schedule.pausedReason)}};
}

// What is asked every time anew: its period has a name (the one just over, where none is given), and what it
// asks can be answered.
Result<flow::QuestionWords> questionIn(const JsonBody& body, std::string_view every, Date today) {
  flow::QuestionWords words;
  if (!body.has("question") || !body.at("question").is_object())
    return fieldInvalid("/question", "Say what is asked: {\"measures\": …, \"groupBy\": …}.");
  for (const auto& [word, value] : body.at("question").get_object()) {
    const auto pointer = "/question/" + std::string(word);
    if (!value.is_string()) return fieldInvalid(truncated(pointer, 100), "It is a text.");
    words.emplace(std::string(word), withoutControls(std::string_view(value.get_string())));
  }
  if (words.contains("from") || words.contains("to"))
    return fieldInvalid("/question/period", "A report has a period with a name, which moves on.");
  if (!words.contains("period")) words["period"] = every == "week" ? "last-week" : "last-month";
  if (const auto asked = flow::statisticsQuestion(words, today); !asked)
    return fieldInvalid("/question/" + truncated(asked.error().where, 60), asked.error().detail);
  return words;
}

Result<std::vector<std::string>> formatsIn(const JsonBody& body) {
  TRY(auto formats, body.texts("formats", 2, 4));
  if (formats.empty()) formats = {"xlsx"};
  for (std::size_t i = 0; i < formats.size(); ++i)
    if ((formats[i] != "xlsx" && formats[i] != "pdf") ||
        std::ranges::find(formats.begin(), formats.begin() + static_cast<std::ptrdiff_t>(i), formats[i]) !=
            formats.begin() + static_cast<std::ptrdiff_t>(i))
      return fieldInvalid(body.pointerTo("formats", i), "Formats are xlsx and pdf, each once.");
  return formats;
}

// Nobody named: whoever asks, or made the key that asks.
std::optional<UserId> asking(const Call& call) {
  if (call.caller->user) return call.caller->user->id;
  return call.caller->key ? call.caller->key->madeBy : std::nullopt;
}
Result<std::vector<UserId>> recipientsIn(store::Reader& reader, const Call& call, const JsonBody& body) {
  TRY(const auto addresses, body.texts("recipients", recipients_max, address_max));
  // Who is of the operator's staff is nobody's to find out here.
  const bool staffToo = call.caller->user && call.caller->user->staff;
  std::vector<UserId> users;
  if (const auto one = asking(call); addresses.empty() && one) users.push_back(*one);
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    TRY(const auto user, store::userByEmail(reader, lowered(trimmed(addresses[i]))));
    bool may = false;
    if (user) {
      TRY(may, flow::maySeeStatistics(reader, *user, call.company(), staffToo));
    }
    if (!may)
      return fieldInvalid(body.pointerTo("recipients", i),
                          "This is no user who may see the company's statistics.");
    if (std::ranges::find(users, user->id) == users.end()) users.push_back(user->id);
  }
  if (users.empty()) return fieldInvalid("/recipients", "Say who gets it.");
  return users;
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  TRY(auto items, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<json::array> {
        json::array shapes;
        TRY(const auto schedules, store::statisticsSchedules(reader, call.company()));
        for (const auto& schedule : schedules) {
          TRY(auto shape, scheduleShape(reader, schedule));
          shapes.push_back(std::move(shape));
        }
        return shapes;
      }));
  auto shape = listShape(std::move(items));
  shape["mailIsOn"] = parts.context.flow.mailIsOn();
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> create(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"name", "question", "every", "formats", "recipients"}));
  const auto now = parts.context.clock.now();
  StatisticsSchedule schedule;
  TRY(const auto name, body.maybeText("name", name_points_max));
  schedule.name = name.value_or("");
  TRY(schedule.every, body.text("every", 5));
  if (schedule.every != "week" && schedule.every != "month")
    return fieldInvalid("/every", "It is week or month.");
  TRY(const auto words, questionIn(body, schedule.every, dateInStockholm(now)));
  // The store is asked once, so that a question that no cube answers is refused now.
  TRY(const auto asked, flow::statisticsQuestion(words, dateInStockholm(now)));
  schedule.question = serializedWords(words);
  TRY(schedule.formats, formatsIn(body));
  schedule.id = parts.ids.next<store::StatisticsScheduleId>();
  schedule.company = call.company();
  schedule.everything = call.caller->session && call.caller->session->everything;
  schedule.createdBy = asking(call).value_or(UserId());
  schedule.createdByName = call.viewer().actor().name;
  schedule.createdAt = now;
  schedule.nextAt = flow::nextReport(schedule.every, now);
  // Asked outside the write, which others wait for.
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    TRY(schedule.recipients, recipientsIn(reader, call, body));
    TRY([[maybe_unused]] const auto answered,
        flow::statisticsReport(reader, call.viewer(), asked.question, dateInStockholm(now)));
    return {};
  }));
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::createStatisticsSchedule(tx, schedule));
    CHECK_OK(store::enqueue(tx, flow::statisticsReportJob(schedule)));
    TRY(shape, scheduleShape(tx, schedule));
    return {};
  }));
  return net::Reply::json(json::serialize(shape), 201);
}

Result<net::Reply> remove(Parts& parts, const Call& call) {
  const auto id = store::StatisticsScheduleId::parse(call.request.parameter("scheduleId"));
  if (!id) return notFound();
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto schedule, store::statisticsSchedule(tx, call.company(), *id));
    if (!schedule) return notFound();
    return store::deleteStatisticsSchedule(tx, schedule->id);
  }));
  return net::Reply::empty();
}

}  // namespace

void addStatisticsScheduleRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  constexpr auto all = "/api/v1/statistics/schedules";
  add("GET", all, Scope::statistics_read, list);
  add("POST", all, Scope::documents_write, create);
  add("DELETE", "/api/v1/statistics/schedules/{scheduleId}", Scope::documents_write, remove);
}

}  // namespace postgang::api
