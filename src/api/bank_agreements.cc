// /bank-agreements: who has applied at an internet bank to get our invoices there, and what we answer; and
// /bank-files: what the bank hub was handed.
#include "flow/bank_agreements.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "channels/bank.h"
#include "flow/bank_files.h"
#include "net/encoding.h"
#include "store/bank_files.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using store::AgreementStatus;
using store::BankAgreement;

const channels::Banking* bankingOf(const Parts& parts) {
  const auto* bank = dynamic_cast<const channels::Bank*>(parts.context.flow.channels().find("bank"));
  return bank && bank->banking().isOn() ? &bank->banking() : nullptr;
}

json::object agreementShape(const BankAgreement& agreement, const std::string& counterpartName) {
  const bool waits = agreement.status == AgreementStatus::applied;
  return {{"id", agreement.id.text()},
          {"status", store::name(agreement.status)},
          {"receiver", channels::shownReceiver(agreement.receiver)},
          {"customerNumber", textOrNull(agreement.customerNumber)},
          {"identifier", textOrNull(agreement.identifier)},
          {"name", textOrNull(agreement.name)},
          {"bank", textOrNull(agreement.bank)},
          {"counterpart", textOrNull(agreement.counterpart)},
          {"counterpartName", textOrNull(counterpartName)},
          {"source", agreement.source},
          {"waits", waits ? textOrNull(agreement.reason) : json::value(nullptr)},
          {"reason", waits ? json::value(nullptr) : textOrNull(agreement.reason)},
          {"by", textOrNull(agreement.by)},
          {"appliedAt", agreement.appliedAt.text()},
          {"answeredAt", instantOrNull(agreement.answeredAt)},
          {"endedAt", instantOrNull(agreement.endedAt)}};
}

Result<json::object> shapeOf(store::Reader& reader, const Call& call, const BankAgreement& agreement) {
  std::string name;
  if (!agreement.counterpart.empty()) {
    TRY(const auto partner, store::partner(reader, call.viewer(), call.company(), agreement.counterpart));
    if (partner) name = partner->name;
  }
  return agreementShape(agreement, name);
}

Result<json::object> settingsShape(store::Reader& reader, const Parts& parts, const Call& call) {
  TRY(const bool byItself, store::acceptsBankAgreementsByItself(reader, call.company()));
  const auto* banking = bankingOf(parts);
  std::string issuer;
  if (banking) {
    TRY(const auto company, store::company(reader, call.company()));
    issuer = banking->issuerOf(company);
  }
  return json::object{
      {"acceptance", byItself ? "automatic" : "by-hand"},
      {"hub", banking ? json::value(banking->hub) : json::value(nullptr)},
      {"issuer", textOrNull(issuer)},
      {"format", banking ? json::value(banking->format->title()) : json::value(nullptr)},
      {"modelledOn", banking ? json::value(banking->format->modelledOn()) : json::value(nullptr)},
      {"certified", banking && banking->format->certified()}};
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"status", "limit", "cursor"}));
  store::BankAgreementQuery query;
  if (const auto status = call.request.queryValue("status"); status && !status->empty()) {
    query.status = store::agreementStatusFromName(*status);
    if (!query.status) return parameterInvalid("status", "Ask for applied, accepted, refused or ended.");
  }
  TRY(query.limit, limitParameter(call.request));
  TRY(query.cursor, textParameter(call.request, "cursor", 200));
  json::object shape;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto page, store::listBankAgreements(reader, call.company(), query));
    TRY(auto counts, store::countBankAgreements(reader, call.company()));
    json::array items;
    for (const auto& agreement : page.items) {
      TRY(auto item, shapeOf(reader, call, agreement));
      items.push_back(std::move(item));
    }
    shape["items"] = std::move(items);
    shape["nextCursor"] = page.nextCursor ? json::value(*page.nextCursor) : json::value(nullptr);
    shape["counts"] = json::object{{"applied", counts[AgreementStatus::applied]},
                                   {"accepted", counts[AgreementStatus::accepted]},
                                   {"refused", counts[AgreementStatus::refused]},
                                   {"ended", counts[AgreementStatus::ended]}};
    return {};
  }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> decide(Parts& parts, const Call& call) {
  const auto id = store::BankAgreementId::parse(call.request.parameter("agreementId"));
  if (!id) return notFound();
  TRY(const auto body, JsonBody::of(call.request, {"decision", "counterpart", "reason"}));
  TRY(const auto word, body.text("decision", 20));
  const auto decision = flow::agreementDecisionFromName(word);
  if (!decision) return fieldInvalid("/decision", "Decide accept, refuse or end.");
  flow::AgreementRequest request;
  request.decision = *decision;
  TRY(const auto counterpart, body.maybeText("counterpart", 200));
  TRY(const auto reason, body.maybeText("reason", 200));
  request.counterpart = counterpart.value_or("");
  request.reason = reason.value_or("");
  request.by = call.viewer().actor().name;
  const auto now = parts.context.clock.now();
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto decided, flow::decideAgreement(tx, call.company(), *id, request, now));
    TRY(shape, shapeOf(tx, call, decided));
    return store::enqueue(tx, flow::bankAnswersJob(now));
  }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> import(Parts& parts, const Call& call) {
  TRY(const auto bytes, net::decodeBody(call.request.header("Content-Encoding"), call.request.body,
                                        flow::agreement_table_bytes_max));
  if (bytes.size() > flow::agreement_table_bytes_max)
    return fail(ProblemKind::too_large, "body-too-large", "The file is larger than 16 MB.", {},
                "Send it in parts.");
  TRY(const auto rows, flow::agreementRowsIn(bytes));
  flow::AgreementsTaken taken;
  const auto now = parts.context.clock.now();
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(taken, flow::takeAgreements(tx, parts.ids, call.company(), rows, call.viewer().actor().name, now));
    return {};
  }));
  return net::Reply::json(json::serialize(json::object{{"added", taken.added}, {"changed", taken.changed}}));
}

Result<net::Reply> getSettings(Parts& parts, const Call& call) {
  TRY(const auto shape, readFrom(parts.context.store,
                                 [&](store::Reader& reader) { return settingsShape(reader, parts, call); }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> putSettings(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"acceptance"}));
  TRY(const auto acceptance, body.text("acceptance", 20));
  if (acceptance != "automatic" && acceptance != "by-hand")
    return fieldInvalid("/acceptance", "Accept automatic or by-hand.");
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::setAcceptsBankAgreementsByItself(tx, call.company(), acceptance == "automatic");
  }));
  return getSettings(parts, call);
}

json::object fileShape(const store::BankFile& file) {
  return {{"id", file.id},
          {"kind", file.kind},
          {"state", file.state},
          {"hub", file.hub},
          {"madeAt", file.madeAt.text()},
          {"records", file.records},
          {"handedOverAt", instantOrNull(file.handedOverAt)},
          {"answeredAt", instantOrNull(file.answeredAt)},
          {"reason", textOrNull(file.reason)},
          {"attempts", file.attempts},
          {"trouble", textOrNull(file.trouble)}};
}

// A company's own; staff, unless they act for a customer, see everybody's, and what the hub sent that could
// not be read.
Result<net::Reply> listFiles(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"limit"}));
  TRY(const auto limit, limitParameter(call.request));
  const bool all = call.caller->company.isOperator && (call.caller->isStaff() || call.caller->key);
  TRY(const auto files, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::listBankFiles(reader, all ? std::nullopt : std::optional(call.company()), limit);
      }));
  json::array items;
  for (const auto& file : files) items.push_back(fileShape(file));
  return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
}

}  // namespace

void addBankAgreementRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&), std::size_t body_max) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               body_max);
  };
  constexpr auto json_max = JsonBody::bytes_max;
  add("GET", "/api/v1/bank-agreements", Scope::partners_read, list, json_max);
  add("POST", "/api/v1/bank-agreements/import", Scope::partners_write, import,
      flow::agreement_table_bytes_max);
  add("POST", "/api/v1/bank-agreements/{agreementId}/decision", Scope::partners_write, decide, json_max);
  add("GET", "/api/v1/bank-agreements/settings", Scope::partners_read, getSettings, json_max);
  add("PUT", "/api/v1/bank-agreements/settings", Scope::partners_write, putSettings, json_max);
  add("GET", "/api/v1/bank-files", Scope::documents_read, listFiles, json_max);
}

}  // namespace postgang::api
