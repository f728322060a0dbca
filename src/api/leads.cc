// /leads for the operator's staff: whoever wants to know more, what was said and done about it, and when to
// be reminded. The public form is lead_form.cc, what makes a customer of one lead_customer.cc.
#include "flow/leads.h"
#include "api/json_body.h"
#include "api/lead_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/text.h"
#include "store/companies.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using store::Lead;
using store::LeadState;

constexpr int reminder_days_max = 5 * 366;

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(leadStaffOnly(call));
  CHECK_OK(onlyParameters(call.request, {"state", "query", "assignedTo", "limit", "cursor"}));
  TRY(auto query, leadQueryIn(call));
  TRY(query.limit, limitParameter(call.request));
  TRY(query.cursor, textParameter(call.request, "cursor", 200));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto page, store::listLeads(reader, call.viewer(), query));
    TRY(const auto counts, store::countLeads(reader, call.viewer(), query));
    TRY(const auto names, staffNames(reader));
    json::array items, staff;
    for (const auto& lead : page.items) {
      std::string customer;
      if (lead.customer) {
        TRY(const auto company, store::company(reader, *lead.customer));
        customer = company.name;
      }
      items.push_back(leadShape(lead, names, customer));
    }
    for (const auto& [id, name] : names) staff.push_back({{"id", id.text()}, {"name", name}});
    json::object numbers;
    for (const auto& [state, count] : counts) numbers[store::name(state)] = count;
    auto shape = listShape(std::move(items), page.nextCursor);
    shape["counts"] = std::move(numbers);
    shape["staff"] = std::move(staff);
    return net::Reply::json(json::serialize(shape));
  });
}

Result<net::Reply> show(Parts& parts, const Call& call) {
  CHECK_OK(leadStaffOnly(call));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto lead, leadIn(reader, call));
    TRY(const auto shape, leadDetail(reader, call, lead));
    return net::Reply::json(json::serialize(shape));
  });
}

Outcome readState(const JsonBody& body, Instant now, Lead& lead) {
  if (!body.has("state")) return {};
  TRY(const auto word, body.text("state", 20));
  const auto state = store::leadStateFromName(word);
  if (!state) return fieldInvalid("/state", "A state is new, contacted, meeting, customer or lost.");
  TRY(const auto reason, body.maybeText("lostReason", LeadLimits::reason_max));
  if (*state == LeadState::customer && lead.state != LeadState::customer)
    return fieldInvalid("/state", "It becomes a customer by POST /leads/{leadId}/customer.");
  if (*state == LeadState::lost && !reason) return fieldInvalid("/lostReason", "Say why it was lost.");
  if (*state != lead.state) lead.stateAt = now;
  lead.state = *state;
  lead.lostReason = *state == LeadState::lost ? collapsed(*reason) : std::string();
  return {};
}

Outcome readReminder(const JsonBody& body, Instant now, Lead& lead) {
  if (!body.has("remindOn")) return {};
  TRY(const auto text, body.maybeText("remindOn", 10));
  lead.remindOn.reset();
  if (!text) return {};
  lead.remindOn = Date::parse(*text);
  const auto today = dateInStockholm(now);
  if (!lead.remindOn || *lead.remindOn < today || *lead.remindOn > today.plusDays(reminder_days_max))
    return fieldInvalid("/remindOn", "This is a day to come, YYYY-MM-DD, within five years.");
  return {};
}

Outcome readAssigned(store::Reader& reader, const JsonBody& body, Lead& lead) {
  if (!body.has("assignedTo")) return {};
  TRY(const auto text, body.maybeText("assignedTo", 64));
  lead.assignedTo.reset();
  if (!text) return {};
  lead.assignedTo = UserId::parse(*text);
  TRY(const auto names, staffNames(reader));
  if (!lead.assignedTo || !names.contains(*lead.assignedTo))
    return fieldInvalid("/assignedTo", "This is nobody of the staff.");
  return {};
}

// What others should see of a change later: its state and who has it.
Outcome noteChange(store::Transaction& tx, const Call& call, const Lead& before, const Lead& after) {
  const auto now = tx.clock().now();
  const auto& by = call.viewer().actor().name;
  if (after.state != before.state || after.lostReason != before.lostReason) {
    auto text = std::string(store::name(after.state));
    if (!after.lostReason.empty()) text += "\n" + after.lostReason;
    CHECK_OK(store::addLeadNote(tx, after.id, {0, now, "state", by, text}));
  }
  if (after.assignedTo == before.assignedTo) return {};
  TRY(const auto names, staffNames(tx));
  const auto found = after.assignedTo ? names.find(*after.assignedTo) : names.end();
  return store::addLeadNote(tx, after.id,
                            {0, now, "assigned", by, found == names.end() ? std::string() : found->second});
}

Result<net::Reply> change(Parts& parts, const Call& call) {
  CHECK_OK(leadStaffOnly(call));
  TRY(const auto body, JsonBody::of(call.request, {"name", "company", "phone", "email", "state", "lostReason",
                                                   "assignedTo", "remindOn"}));
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto before, leadToChangeIn(tx, call));
    auto lead = before;
    const auto now = tx.clock().now();
    CHECK_OK(applyLeadContact(body, lead));
    CHECK_OK(readState(body, now, lead));
    CHECK_OK(readReminder(body, now, lead));
    CHECK_OK(readAssigned(tx, body, lead));
    CHECK_OK(store::updateLead(tx, lead));
    CHECK_OK(noteChange(tx, call, before, lead));
    if (lead.remindOn != before.remindOn) CHECK_OK(flow::remindOfLeadLater(tx, lead));
    TRY(shape, leadDetail(tx, call, lead));
    return {};
  }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> note(Parts& parts, const Call& call) {
  CHECK_OK(leadStaffOnly(call));
  TRY(const auto body, JsonBody::of(call.request, {"text"}));
  TRY(const auto text, body.text("text", LeadLimits::note_max));
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto lead, leadToChangeIn(tx, call));
    CHECK_OK(store::addLeadNote(
        tx, lead.id, {0, tx.clock().now(), "note", call.viewer().actor().name, std::string(trimmed(text))}));
    TRY(shape, leadDetail(tx, call, lead));
    return {};
  }));
  return net::Reply::json(json::serialize(shape), 201);
}

Result<net::Reply> erase(Parts& parts, const Call& call) {
  CHECK_OK(leadStaffOnly(call));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto lead, leadToChangeIn(tx, call));
    TRY(const bool gone, store::eraseLead(tx, lead.id));
    return gone ? Outcome() : Outcome(notFound());
  }));
  return net::Reply::empty();
}

net::Reply monthsReply(int months) {
  return net::Reply::json(json::serialize(json::object{{"monthsKept", months}}));
}

Result<net::Reply> settings(Parts& parts, const Call& call) {
  CHECK_OK(leadStaffOnly(call));
  TRY(const int months,
      readFrom(parts.context.store, [](store::Reader& reader) { return store::leadMonthsKept(reader); }));
  return monthsReply(months);
}

Result<net::Reply> setSettings(Parts& parts, const Call& call) {
  CHECK_OK(leadStaffOnly(call));
  TRY(const auto body, JsonBody::of(call.request, {"monthsKept"}));
  const auto* months = body.has("monthsKept") ? body.at("monthsKept").if_int64() : nullptr;
  if (!months || *months < 1 || *months > store::lead_months_max)
    return fieldInvalid("/monthsKept", "This is a number of months from 1 to 120.");
  const auto kept = static_cast<int>(*months);
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::setLeadMonthsKept(tx, kept);
  }));
  return monthsReply(kept);
}

}  // namespace

void addLeadRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.person([&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/leads", list);
  add("GET", "/api/v1/leads/settings", settings);
  add("PUT", "/api/v1/leads/settings", setSettings);
  add("GET", "/api/v1/leads/{leadId}", show);
  add("PATCH", "/api/v1/leads/{leadId}", change);
  add("DELETE", "/api/v1/leads/{leadId}", erase);
  add("POST", "/api/v1/leads/{leadId}/notes", note);
}

}  // namespace postgang::api
