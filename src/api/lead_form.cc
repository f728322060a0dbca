// POST /leads and what the public page asks beside it: nobody is asked who they are. No captcha: there is a
// field that no person sees, nobody fills in a form within two seconds, and few are taken from one address.
// What a program has written gets a person's answer and is kept nowhere.
#include "api/json_body.h"
#include "api/lead_form_token.h"
#include "api/lead_limit.h"
#include "api/lead_shape.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "base/log.h"
#include "base/text.h"
#include "flow/leads.h"
#include "store/audit.h"
#include "store/leads.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t token_max = 512;

Result<net::Reply> form(Parts& parts, const net::Request& request) {
  (void)request;
  TRY(const int months,
      readFrom(parts.context.store, [](store::Reader& reader) { return store::leadMonthsKept(reader); }));
  return net::Reply::json(
      json::serialize(json::object{{"token", leadFormToken(*parts.context.vault, parts.context.access.now())},
                                   {"consent", lead_consent_version},
                                   {"confirms", parts.context.flow.mailIsOn()},
                                   {"monthsKept", months}}));
}

Result<store::Lead> leadFrom(Parts& parts, const JsonBody& body) {
  store::Lead lead;
  const auto now = parts.context.clock.now();
  if (!body.has("name")) return fieldInvalid("/name", "This is missing.");
  CHECK_OK(applyLeadContact(body, lead));
  TRY(const auto message, body.maybeText("message", LeadLimits::message_max));
  lead.message = std::string(trimmed(message.value_or("")));
  TRY(const auto language, body.maybeText("language", 10));
  lead.language = language.value_or("sv");
  if (lead.language != "sv" && lead.language != "en")
    return fieldInvalid("/language", "A language is sv or en.");
  TRY(const auto source, body.maybeText("source", LeadLimits::source_max));
  lead.source = source.value_or("");
  if (!lead.source.empty() && lead.source.front() != '/')
    return fieldInvalid("/source", "This is the path of a page of ours, like /welcome.");
  TRY(const auto consent, body.maybeText("consent", 20));
  lead.consent = consent.value_or("");
  if (!lead.consent.empty() && lead.consent != lead_consent_version)
    return fieldInvalid("/consent", "This text is not the one that is shown now. Read it again.");
  if (!lead.consent.empty()) lead.consentedAt = now;
  lead.id = parts.ids.next<store::LeadId>();
  lead.createdAt = lead.lastAt = lead.stateAt = now;
  return lead;
}

net::Reply received() {
  return net::Reply::json(json::serialize(json::object{{"received", true}}), 202);
}

Result<net::Reply> receive(Parts& parts, LeadLimit& limit, const net::Request& request) {
  TRY(const auto body, JsonBody::of(request, {"name", "company", "phone", "email", "message", "language",
                                              "source", "consent", "formToken", "homepage"}));
  TRY(const auto homepage, body.maybeText("homepage", LeadLimits::message_max));
  TRY(const auto token, body.maybeText("formToken", token_max));
  TRY(const auto lead, leadFrom(parts, body));
  const auto age = leadFormAge(*parts.context.vault, token.value_or(""), parts.context.access.now());
  if (age == FormAge::old)
    return fail(ProblemKind::invalid, "lead-form-expired", "The form was opened long ago.", "/formToken",
                "Fetch a new formToken, and send it again with that.");
  const bool fast = age == FormAge::fast;
  const LeadLimit::Weight weight{age == FormAge::unknown ? 2 : 1, homepage || fast};
  TRY(const auto place, limit.admit(request.remoteAddress, parts.context.clock.now(), weight));
  if (weight.caught) {
    log::info("a lead that a program wrote is not kept", {{"why", homepage ? "hidden field" : "too fast"}});
    return received();
  }
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return place == LeadLimit::Place::quiet ? flow::hearLeadQuietly(tx, lead)
                                            : flow::hearLead(tx, lead, parts.context.flow.mailIsOn());
  }));
  return received();
}

// By the link in the confirmation: everything about it goes. Whoever follows it twice finds the same.
Result<net::Reply> withdraw(Parts& parts, const net::Request& request) {
  TRY(const auto body, JsonBody::of(request, {"token"}));
  TRY(const auto token, body.text("token", token_max));
  const auto id = flow::leadOfToken(*parts.context.vault, token);
  if (!id)
    return fail(ProblemKind::invalid, "lead-link-invalid", "This link is not whole.", "/token",
                "Open the whole link of the mail.");
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const bool gone, store::eraseLead(tx, *id));
    TRY(const auto operators, store::operatorCompany(tx));
    if (!gone || !operators) return {};
    store::AuditEntry entry;
    entry.company = *operators;
    entry.action = "lead.withdrawn";
    entry.object = "lead";
    entry.objectId = id->text();
    return store::recordAudit(tx, entry);
  }));
  return net::Reply::empty();
}

}  // namespace

void addLeadFormRoutes(net::Router& router, Parts& parts) {
  const auto limit = std::make_shared<LeadLimit>();
  router.add("GET", "/api/v1/leads/form",
             parts.guard.anybody([&parts](const net::Request& request) { return form(parts, request); }));
  router.add("POST", "/api/v1/leads", parts.guard.anybody([&parts, limit](const net::Request& request) {
    return receive(parts, *limit, request);
  }),
             JsonBody::bytes_max);
  router.add("POST", "/api/v1/leads/withdrawal",
             parts.guard.anybody([&parts](const net::Request& request) { return withdraw(parts, request); }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
