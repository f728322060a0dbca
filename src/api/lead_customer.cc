// POST /leads/{leadId}/customer: the company is made and its first user invited, in one act. One that is a
// customer already is only linked: anybody can write a lead in anybody's name, so who becomes administrator
// there is for its own people to say.
#include "access/listed.h"
#include "api/json_body.h"
#include "api/lead_shape.h"
#include "api/new_company.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/text.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using store::LeadState;

struct Wish {
  NewCompany company;
  std::optional<access::NewInvitation> person;
};

Result<Wish> wishIn(const net::Request& request) {
  TRY(const auto body, JsonBody::of(request, {"identifier", "name", "parent", "user"}));
  Wish wish;
  TRY(const auto name, body.text("name", CompanyLimits::name_max));
  wish.company.name = collapsed(name);
  TRY(wish.company.identifiers, identifiersIn(body));
  TRY(wish.company.parent, body.maybeText("parent", 64));
  if (body.isNull("user")) return wish;
  TRY(const auto user, JsonBody::of(body.at("user"), "/user", {"email", "name", "language"}));
  auto& person = wish.person.emplace();
  TRY(person.email, user.text("email", CompanyLimits::email_max));
  TRY(person.name, user.text("name", CompanyLimits::name_max));
  TRY(const auto language, user.maybeText("language", 10));
  person.language = language.value_or("sv");
  return wish;
}

struct Became {
  store::Company company;
  bool existed = false, invited = false;
};

// Whoever has made the customer acts for it to invite its first user, and the customer's own trail says why.
access::Caller actingFor(const Call& call, const store::Company& company) {
  auto caller = *call.caller;
  caller.company = company;
  caller.acting = store::Viewer::ofCompanies({company.id}, call.viewer().actor());
  caller.role = "operator";
  if (caller.session) caller.session->reason = "Första användaren";
  return caller;
}

Result<CompanyId> companyFor(store::Transaction& tx, const Call& call, const NewCompany& asked,
                             bool& existed) {
  TRY(const auto known, store::companyByIdentifier(tx, asked.identifiers.main));
  existed = known && known->isCustomer;
  if (existed) return known->id;
  return makeCompany(tx, call, asked);
}

Outcome invite(store::Transaction& tx, Parts& parts, const Call& call, access::NewInvitation person,
               Became& became) {
  person.memberships = {{became.company.id, "administrator"}};
  const auto caller = actingFor(call, became.company);
  const access::Inviting by{caller, parts.ids, parts.context.access.now(), parts.context.flow.mailIsOn(),
                            call.request.remoteAddress};
  became.invited = true;
  auto done = access::inviteListed(tx, by, person);
  if (!done && done.error().where.starts_with('/')) done.error().where = "/user" + done.error().where;
  return done;
}

Outcome become(store::Transaction& tx, Parts& parts, const Call& call, const Wish& wish, Became& became) {
  became = {};
  TRY(auto lead, leadToChangeIn(tx, call));
  TRY(const auto id, companyFor(tx, call, wish.company, became.existed));
  if (became.existed && wish.person)
    return fail(ProblemKind::conflict, "customer-exists", "The company is a customer already.", "/user",
                "Link the lead without inviting anybody. The company's own administrator invites.");
  TRY(became.company, store::company(tx, id));
  if (wish.person) CHECK_OK(invite(tx, parts, call, *wish.person, became));
  lead.customer = id;
  if (lead.state != LeadState::customer) lead.stateAt = tx.clock().now();
  lead.state = LeadState::customer;
  lead.lostReason.clear();
  CHECK_OK(store::updateLead(tx, lead));
  return store::addLeadNote(
      tx, lead.id, {0, tx.clock().now(), "customer", call.viewer().actor().name, became.company.name});
}

// Where no mail leaves the house: the link, for whoever invited to hand over.
Result<std::string> linkFor(Parts& parts, const Call& call, const store::Company& company,
                            std::string_view email) {
  const auto caller = actingFor(call, company);
  TRY(const auto open, parts.context.access.invitations(caller));
  for (const auto& each : open) {
    if (each.email != lowered(trimmed(email))) continue;
    TRY(const auto made,
        parts.context.access.inviteAgain(caller, each.id, /*byMail=*/false, call.request.remoteAddress));
    return "/invitation#" + made.token;
  }
  return std::string();
}

Result<net::Reply> makeCustomer(Parts& parts, const Call& call) {
  CHECK_OK(leadStaffOnly(call));
  TRY(const auto wish, wishIn(call.request));
  Became became;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return become(tx, parts, call, wish, became);
  }));
  parts.context.access.forgetCallers();
  call.note->objectName = became.company.name;
  json::value invitation = nullptr;
  if (became.invited) {
    std::string link;
    if (!parts.context.flow.mailIsOn()) {
      TRY(link, linkFor(parts, call, became.company, wish.person->email));
    }
    invitation = json::object{{"email", lowered(trimmed(wish.person->email))}, {"link", textOrNull(link)}};
  }
  TRY(auto shape, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<json::object> {
        TRY(const auto lead, leadIn(reader, call));
        return leadDetail(reader, call, lead);
      }));
  auto reply = net::Reply::json(json::serialize(json::object{{"lead", std::move(shape)},
                                                             {"company", companyShape(became.company)},
                                                             {"existed", became.existed},
                                                             {"invitation", std::move(invitation)}}));
  reply.compressible = false;
  return reply;
}

}  // namespace

void addLeadCustomerRoutes(net::Router& router, Parts& parts) {
  router.add("POST", "/api/v1/leads/{leadId}/customer",
             parts.guard.person([&parts](const Call& call) { return makeCustomer(parts, call); }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
