#include "api/audit_act.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t reply_bytes_max = 256 * 1024;
constexpr std::size_t value_code_points_max = 200;

std::string textAt(const json::object& object, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    if (const auto* value = object.if_contains(name);
        value && value->is_string() && !value->as_string().empty())
      return truncated(std::string_view(value->as_string()), value_code_points_max);
  return {};
}

// What a change answered with is the thing as it now stands.
void readReply(const net::Reply& reply, store::AuditEntry& entry) {
  const auto bytes = reply.bytes();
  if (bytes.empty() || bytes.size() > reply_bytes_max || reply.status == 304) return;
  if (!reply.headers.get("Content-Type").starts_with("application/json")) return;
  boost::system::error_code fault;
  const auto value = json::parse(bytes, fault);
  if (fault || !value.is_object()) return;
  if (entry.objectId.empty()) entry.objectId = textAt(value.as_object(), {"id", "identifier"});
  if (entry.objectName.empty()) entry.objectName = textAt(value.as_object(), {"name", "number", "email"});
}

// The trail is never erased, so somebody's private address has no place in it either.
bool isWithheld(std::string_view name) {
  const auto low = lowered(name);
  return std::ranges::any_of(
      std::initializer_list<std::string_view>{"secret", "password", "token", "key", "email", "address"},
      [&](std::string_view word) { return low.find(word) != std::string::npos; });
}

json::value shortened(std::string_view name, const json::value* value) {
  if (!value) return nullptr;
  if (isWithheld(name)) return "…";
  if (value->is_object() || value->is_array())
    return json::value(truncated(json::serialize(*value), value_code_points_max));
  if (value->is_string())
    return json::value(truncated(std::string_view(value->as_string()), value_code_points_max));
  return *value;
}

}  // namespace

std::vector<Act> actsOf(const Call& call, const access::AuditedRoute& row, const net::Reply& reply) {
  const bool changes = call.request.method != "GET" && call.request.method != "HEAD";
  Act act{call.caller, {}, row.recorded, changes};
  auto& entry = act.entry;
  entry.actor = call.caller->viewer.actor();
  if (call.caller->isStaff() && call.caller->session) entry.reason = call.caller->session->reason;
  entry.action = std::string(row.action);
  entry.object = std::string(row.object);
  entry.address = call.request.remoteAddress;
  if (call.note) {
    entry.objectName = call.note->objectName;
    entry.detail = call.note->detail;
  }
  if (!row.id.empty())
    entry.objectId = std::string(row.id.starts_with('=') ? row.id.substr(1) : call.request.parameter(row.id));
  if (call.note && !call.note->objectIds.empty()) {
    std::vector<Act> acts;
    for (const auto& id : call.note->objectIds) acts.emplace_back(act).entry.objectId = id;
    return acts;
  }
  if (changes && (row.object != "document" || entry.objectId.empty())) readReply(reply, entry);
  return {act};
}

std::string changeDetail(const json::object& before, const json::object& after) {
  json::object changed;
  const auto note = [&](std::string_view name) {
    const auto *was = before.if_contains(name), *is = after.if_contains(name);
    if (changed.contains(name) || (was && is && *was == *is)) return;
    changed[name] = json::array{shortened(name, was), shortened(name, is)};
  };
  for (const auto& [name, value] : before) note(name);
  for (const auto& [name, value] : after) note(name);
  return changed.empty() ? std::string() : json::serialize(changed);
}

}  // namespace postgang::api
