#include "api/lead_shape.h"

#include "api/company_rights.h"
#include "api/parameters.h"
#include "api/problem_reply.h"
#include "api/shapes.h"
#include "base/text.h"
#include "flow/words.h"
#include "net/mail.h"
#include "net/phone_number.h"
#include "store/companies.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using store::Lead;
using store::LeadState;

constexpr std::size_t query_max = 100, email_max = 254;

json::value personOrNull(const std::optional<UserId>& id, const UserNames& names) {
  if (!id) return nullptr;
  const auto found = names.find(*id);
  return json::object{{"id", id->text()}, {"name", found == names.end() ? std::string() : found->second}};
}

Outcome readPhone(const JsonBody& body, Lead& lead) {
  if (!body.has("phone")) return {};
  TRY(const auto typed, body.maybeText("phone", net::phone_typed_max));
  lead.phone.clear();
  if (!typed) return {};
  TRY(lead.phone, net::phoneNumber(*typed));
  return {};
}

Outcome readEmail(const JsonBody& body, Lead& lead) {
  if (!body.has("email")) return {};
  TRY(const auto typed, body.maybeText("email", email_max));
  lead.email.clear();
  if (!typed) return {};
  lead.email = lowered(trimmed(*typed));
  if (net::isMailAddress(lead.email) && net::domainOf(lead.email).find('.') != std::string::npos) return {};
  return fail(ProblemKind::invalid, "email-malformed", "This is not an e-mail address.", "/email",
              "Write it like karin@foretaget.se.");
}

}  // namespace

json::object leadShape(const Lead& lead, const UserNames& names, const std::string& customerName) {
  json::value consent = nullptr, customer = nullptr;
  if (!lead.consent.empty())
    consent = json::object{{"version", lead.consent}, {"at", instantOrNull(lead.consentedAt)}};
  if (lead.customer) customer = json::object{{"id", companyIdText(*lead.customer)}, {"name", customerName}};
  return {{"id", lead.id.text()},
          {"state", store::name(lead.state)},
          {"name", lead.name},
          {"company", textOrNull(lead.company)},
          {"email", textOrNull(lead.email)},
          {"phone", textOrNull(lead.phone)},
          {"message", textOrNull(lead.message)},
          {"language", lead.language},
          {"source", textOrNull(lead.source)},
          {"consent", std::move(consent)},
          {"lostReason", textOrNull(lead.lostReason)},
          {"assignedTo", personOrNull(lead.assignedTo, names)},
          {"remindOn", dateOrNull(lead.remindOn)},
          {"customer", std::move(customer)},
          {"times", lead.times},
          {"createdAt", lead.createdAt.text()},
          {"lastAt", lead.lastAt.text()},
          {"stateAt", lead.stateAt.text()}};
}

json::object leadNoteShape(const store::LeadNote& note) {
  return {{"number", note.number},
          {"at", note.at.text()},
          {"kind", note.kind},
          {"by", textOrNull(note.by)},
          {"text", note.text}};
}

Outcome applyLeadContact(const JsonBody& body, Lead& lead) {
  if (body.has("name")) {
    TRY(const auto name, body.text("name", LeadLimits::name_max));
    lead.name = collapsed(name);
  }
  if (body.has("company")) {
    TRY(const auto company, body.maybeText("company", LeadLimits::company_max));
    lead.company = collapsed(company.value_or(""));
  }
  CHECK_OK(readPhone(body, lead));
  CHECK_OK(readEmail(body, lead));
  if (!lead.phone.empty() || !lead.email.empty()) return {};
  return fail(ProblemKind::invalid, "lead-without-contact",
              "Neither a number nor an e-mail address is given.", "/phone",
              "Give one of them: else nobody can answer.");
}

Outcome leadStaffOnly(const Call& call) {
  if (isOperatorStaff(call)) return {};
  return fail(flow::problem(ProblemKind::forbidden, "not-staff"));
}

Result<store::LeadId> leadIdIn(const Call& call) {
  const auto id = store::LeadId::parse(call.request.parameter("leadId"));
  if (!id) return notFound();
  return *id;
}

Result<Lead> leadIn(store::Reader& reader, const Call& call) {
  TRY(const auto id, leadIdIn(call));
  TRY(const auto found, store::lead(reader, call.viewer(), id));
  if (!found) return notFound();
  return *found;
}

Result<Lead> leadToChangeIn(store::Transaction& tx, const Call& call) {
  TRY(const auto id, leadIdIn(call));
  TRY(const auto found, store::leadToChange(tx, call.viewer(), id));
  if (!found) return notFound();
  // The trail is never erased, and a lead's name is: it has the id alone.
  if (call.note) call.note->objectName = id.text();
  return *found;
}

Result<json::object> leadDetail(store::Reader& reader, const Call& call, const Lead& lead) {
  std::string customer;
  if (lead.customer) {
    TRY(const auto company, store::company(reader, *lead.customer));
    customer = company.name;
  }
  TRY(const auto names, staffNames(reader));
  auto shape = leadShape(lead, names, customer);
  TRY(const auto notes, store::leadNotes(reader, call.viewer(), lead.id));
  json::array items;
  for (const auto& note : notes) items.push_back(leadNoteShape(note));
  shape["notes"] = std::move(items);
  return shape;
}

Result<UserNames> staffNames(store::Reader& reader) {
  UserNames names;
  TRY(const auto operators, store::operatorCompany(reader));
  if (!operators) return names;
  TRY(const auto users, store::listUsers(reader, store::Viewer::ofCompanies({*operators}, {})));
  for (const auto& user : users)
    if (user.staff && user.active) names.emplace(user.id, user.name);
  return names;
}

Result<store::LeadQuery> leadQueryIn(const Call& call) {
  store::LeadQuery query;
  for (const auto& word : listParameter(call.request, "state")) {
    const auto state = store::leadStateFromName(word);
    if (!state) return parameterInvalid("state", "A state is new, contacted, meeting, customer or lost.");
    query.states.push_back(*state);
  }
  TRY(query.text, textParameter(call.request, "query", query_max));
  TRY(const auto assigned, textParameter(call.request, "assignedTo", 64));
  if (assigned == "me") {
    query.assignedTo = call.caller->user->id;
  } else if (!assigned.empty()) {
    query.assignedTo = UserId::parse(assigned);
    if (!query.assignedTo) return parameterInvalid("assignedTo", "This is a user's id, or me.");
  }
  return query;
}

}  // namespace postgang::api
