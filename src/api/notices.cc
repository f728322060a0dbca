// Notices of a document, the receiver's own words in them, and where a company wants to hear of its own
// stops.
#include "store/notices.h"
#include "api/json_body.h"
#include "api/notice_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/seen.h"
#include "api/shapes.h"
#include "flow/notice_content.h"
#include "flow/notice_texts.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr int accepted_status = 202;
constexpr std::size_t greeting_max = 1000, help_max = 2000, contact_max = 500, email_max = 254;

Result<net::Reply> list(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto rows,
      readFrom(parts.context.store, [&](store::Reader& reader) -> Result<std::vector<store::NoticeRow>> {
        TRY(const auto seen, seenDocument(reader, call, id));
        (void)seen;
        return store::noticesOf(reader, call.viewer(), id);
      }));
  json::array items;
  for (const auto& row : rows) items.push_back(noticeShape(row));
  return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
}

Result<net::Reply> again(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto row, parts.context.flow.tellAgain(call.viewer(), call.company(), id));
  return net::Reply::json(json::serialize(noticeShape(row)), accepted_status);
}

Result<net::Reply> read(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto seen,
      readFrom(parts.context.store, [&](store::Reader& reader) { return seenDocument(reader, call, id); }));
  (void)seen;
  // Staff who act for the sender have read it, and the sender has not.
  const auto company = call.caller->isStaff() ? CompanyId{} : call.company();
  CHECK_OK(parts.context.flow.noticeRead(call.viewer(), company, id));
  return net::Reply::empty();
}

json::object wordsShape(const flow::NoticeWords& words) {
  return {{"greeting", words.greeting}, {"help", words.help}, {"contact", words.contact}};
}

json::object textsShape(const flow::NoticeTexts& texts) {
  return {{"sv", wordsShape(texts.swedish)},
          {"en", wordsShape(texts.english)},
          {"reminderDays", texts.reminderDays},
          {"putRightDays", texts.putRightDays}};
}

Result<flow::NoticeWords> wordsIn(const JsonBody& body, std::string_view language) {
  if (!body.has(language)) return fieldInvalid("/" + std::string(language), "The words are missing.");
  TRY(const auto of,
      JsonBody::of(body.at(language), "/" + std::string(language), {"greeting", "help", "contact"}));
  flow::NoticeWords words;
  TRY(const auto greeting, of.maybeText("greeting", greeting_max));
  TRY(const auto help, of.maybeText("help", help_max));
  TRY(const auto contact, of.maybeText("contact", contact_max));
  return flow::NoticeWords{greeting.value_or(""), help.value_or(""), contact.value_or("")};
}

Result<int> daysIn(const JsonBody& body, std::string_view field, int most) {
  const auto* value = body.has(field) ? &body.at(field) : nullptr;
  if (!value || !value->is_int64() || value->get_int64() < 1 || value->get_int64() > most)
    return fieldInvalid("/" + std::string(field),
                        "This is a whole number of days from 1 to " + std::to_string(most) + ".");
  return static_cast<int>(value->get_int64());
}

Result<flow::NoticeTexts> textsIn(const net::Request& request) {
  TRY(const auto body, JsonBody::of(request, {"sv", "en", "reminderDays", "putRightDays"}));
  flow::NoticeTexts texts;
  TRY(texts.swedish, wordsIn(body, "sv"));
  TRY(texts.english, wordsIn(body, "en"));
  TRY(texts.reminderDays, daysIn(body, "reminderDays", flow::reminder_days_max));
  TRY(texts.putRightDays, daysIn(body, "putRightDays", flow::put_right_days_max));
  return texts;
}

Result<store::NoticeSettings> settingsOf(Parts& parts, const Call& call) {
  return readFrom(parts.context.store,
                  [&](store::Reader& reader) { return store::noticeSettings(reader, call.company()); });
}

Result<net::Reply> getTexts(Parts& parts, const Call& call) {
  TRY(const auto settings, settingsOf(parts, call));
  return net::Reply::json(json::serialize(textsShape(flow::noticeTextsFrom(settings.texts))));
}

Result<net::Reply> putTexts(Parts& parts, const Call& call) {
  TRY(const auto texts, textsIn(call.request));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::setNoticeTexts(tx, call.company(), flow::serialized(texts));
  }));
  return net::Reply::json(json::serialize(textsShape(texts)));
}

Result<net::Reply> preview(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"language"}));
  const auto language = call.request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  TRY(const auto texts, textsIn(call.request));
  const auto mail = flow::noticeSample(call.caller->company.name, texts, languageFromTag(language),
                                       dateInStockholm(parts.context.clock.now()));
  return net::Reply::json(
      json::serialize(json::object{{"subject", mail.subject}, {"html", mail.html}, {"text", mail.text}}));
}

Result<net::Reply> getEmail(Parts& parts, const Call& call) {
  TRY(const auto settings, settingsOf(parts, call));
  return net::Reply::json(json::serialize(json::object{{"email", textOrNull(settings.ownEmail)}}));
}

Result<net::Reply> putEmail(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"email"}));
  TRY(const auto email, body.maybeText("email", email_max));
  if (email && !net::isMailAddress(*email)) return fieldInvalid("/email", "This is not an e-mail address.");
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::setNoticeEmail(tx, call.company(), email.value_or(""), call.viewer().actor().name);
  }));
  return net::Reply::json(json::serialize(json::object{{"email", textOrNull(email.value_or(""))}}));
}

}  // namespace

void addNoticeRoutes(net::Router& router, Parts& parts) {
  const auto& guard = parts.guard;
  constexpr auto notices = "/api/v1/documents/{id}/notices";
  router.add("GET", notices,
             guard.scoped(Scope::documents_read, [&](const Call& call) { return list(parts, call); }));
  router.add("POST", notices,
             guard.scoped(Scope::documents_write, [&](const Call& call) { return again(parts, call); }));
  router.add("POST", "/api/v1/documents/{id}/notices/read",
             guard.person([&](const Call& call) { return read(parts, call); }));
  constexpr auto texts = "/api/v1/settings/notice-texts";
  router.add("GET", texts,
             guard.scoped(Scope::filters_read, [&](const Call& call) { return getTexts(parts, call); }));
  router.add("PUT", texts,
             guard.scoped(Scope::filters_write, [&](const Call& call) { return putTexts(parts, call); }),
             JsonBody::bytes_max);
  router.add("POST", "/api/v1/settings/notice-texts/preview",
             guard.scoped(Scope::filters_read, [&](const Call& call) { return preview(parts, call); }),
             JsonBody::bytes_max);
  constexpr auto email = "/api/v1/settings/notice-email";
  router.add("GET", email,
             guard.scoped(Scope::documents_read, [&](const Call& call) { return getEmail(parts, call); }));
  router.add("PUT", email,
             guard.scoped(Scope::documents_write, [&](const Call& call) { return putEmail(parts, call); }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
