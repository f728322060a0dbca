// /companies: those that this caller may see, and a new one: the operator's staff make customers, the
// administrators of a group its subsidiaries.
#include <algorithm>

#include "api/company_rights.h"
#include "api/company_shape.h"
#include "api/idempotency.h"
#include "api/new_company.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/text.h"

namespace postgang::api {

namespace {

Result<net::Reply> listCompanies(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"limit", "cursor"}));
  TRY(const int limit, limitParameter(call.request));
  TRY(const auto after, companyCursor(call.request));
  TRY(auto companies, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::listCompanies(reader, call.viewer());
      }));
  std::ranges::sort(companies, {}, &store::Company::id);
  boost::json::array items;
  std::optional<std::string> next;
  CompanyId last = after;
  for (const auto& company : companies) {
    if (company.id <= after) continue;
    if (items.size() == static_cast<std::size_t>(limit)) {
      next = companyIdText(last);
      break;
    }
    items.push_back(companyShape(company));
    last = company.id;
  }
  return net::Reply::json(boost::json::serialize(listShape(std::move(items), next)));
}

Result<NewCompany> newCompanyIn(const net::Request& request) {
  TRY(const auto body, JsonBody::of(request, {"identifier", "identifiers", "name", "parent"}));
  NewCompany asked;
  TRY(const auto name, body.text("name", CompanyLimits::name_max));
  asked.name = collapsed(name);
  TRY(asked.identifiers, identifiersIn(body));
  TRY(asked.parent, body.maybeText("parent", 64));
  return asked;
}

// Where the new company stands: beneath the one acted for where nothing is said, and at the top where the
// operator's staff say nothing.
Result<std::optional<store::Company>> placeFor(store::Reader& reader, const Call& call,
                                               const std::optional<std::string>& parent) {
  if (!parent && isOperatorStaff(call)) return std::optional<store::Company>();
  TRY(auto place, companyToMove(reader, call, parent.value_or(companyIdText(call.company()))));
  return std::optional(std::move(place));
}

tl::unexpected<Problem> identifierTaken(const std::string& identifier) {
  return fail(Problem{ProblemKind::conflict,
                      "identifier-taken",
                      "Another company has this identifier.",
                      "/identifier",
                      "Use that company, or correct the identifier.",
                      {{"identifier", identifier}}});
}

// Who is known as a counterpart already becomes a customer with all that has happened: that the company is
// who it says is for the operator's staff to know.
Result<std::optional<store::Company>> knownBy(store::Reader& reader, const Call& call,
                                              const IdentifiersAsked& identifiers) {
  std::optional<store::Company> known;
  for (const auto& identifier : identifiers.all) {
    TRY(auto found, store::companyByIdentifier(reader, identifier));
    if (!found) continue;
    if (found->isCustomer || !isOperatorStaff(call) || (known && known->id != found->id))
      return identifierTaken(identifier);
    known = std::move(found);
  }
  return known;
}

Result<CompanyId> adopt(store::Transaction& tx, const store::Company& known, const NewCompany& asked,
                        const std::optional<store::Company>& place) {
  auto all = known.identifiers;
  all.insert(all.end(), asked.identifiers.all.begin(), asked.identifiers.all.end());
  CHECK_OK(store::makeCustomer(tx, known.id, asked.name));
  CHECK_OK(store::setCompanyIdentifiers(tx, known.id, asked.identifiers.main, all));
  CHECK_OK(store::setParent(tx, known.id, place ? std::optional(place->id) : std::nullopt));
  return known.id;
}

Result<net::Reply> createCompany(Parts& parts, const Call& call) {
  TRY(const auto asked, newCompanyIn(call.request));
  CompanyId id;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(id, makeCompany(tx, call, asked));
    return {};
  }));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto made, store::company(reader, id));
    TRY(const auto detail, companyDetail(reader, call, made));
    auto reply = net::Reply::json(boost::json::serialize(detail), 201);
    reply.headers.set("Location", "/api/v1/companies/" + companyIdText(id));
    return reply;
  });
}

}  // namespace

Result<CompanyId> makeCompany(store::Transaction& tx, const Call& call, const NewCompany& asked) {
  TRY(const auto place, placeFor(tx, call, asked.parent));
  TRY(const auto known, knownBy(tx, call, asked.identifiers));
  CompanyId id;
  if (known) {
    TRY(id, adopt(tx, *known, asked, place));
  } else {
    store::Company company;
    company.identifier = asked.identifiers.main;
    company.identifiers = asked.identifiers.all;
    company.name = asked.name;
    if (place) company.parent = place->id;
    TRY(id, store::createCompany(tx, company));
  }
  TRY(const auto made, store::company(tx, id));
  const boost::json::object detail{{"identifier", made.identifier},
                                   {"parent", place ? boost::json::value(place->name) : nullptr}};
  CHECK_OK(noteCompanyChange(tx, call, id, "company.created", made, detail));
  const auto other = place ? place->id : call.company();
  CHECK_OK(noteCompanyChange(tx, call, other, "company.created", made, detail));
  return id;
}

void addCompanyRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/companies",
             parts.guard.anyCaller([&](const Call& call) { return listCompanies(parts, call); }));
  router.add("POST", "/api/v1/companies",
             parts.guard.scoped(access::Scope::companies_write,
                                [&](const Call& call) {
                                  return answeredOnce(parts.context.store, parts.context.clock, call,
                                                      [&] { return createCompany(parts, call); });
                                }),
             JsonBody::bytes_max);
}

}  // namespace postgang::api
