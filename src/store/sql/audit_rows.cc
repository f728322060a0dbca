#include "store/sql/audit_rows.h"

#include "base/text.h"

namespace postgang::store::sql {
namespace {

void appendNumber(std::string& out, std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>((bits >> shift) & 0xFF);
}

// With its length before it no text can lend its end to the next one's beginning.
void appendText(std::string& out, std::string_view text) {
  appendNumber(out, static_cast<std::int64_t>(text.size()));
  out += text;
}

ActorKind actorKindFromName(std::string_view text) {
  for (const auto kind : {ActorKind::person, ActorKind::key, ActorKind::channel, ActorKind::demo})
    if (name(kind) == text) return kind;
  return ActorKind::system;
}

}  // namespace

AuditEntry readAuditEntry(Columns& c) {
  AuditEntry entry;
  entry.company = c.company();
  entry.sequence = c.number();
  entry.at = c.instant();
  entry.actor.kind = actorKindFromName(c.view());
  for (auto* text : {&entry.actor.id, &entry.actor.name, &entry.reason, &entry.action, &entry.object,
                     &entry.objectId, &entry.objectName, &entry.detail, &entry.address})
    *text = c.text();
  entry.hash = c.digest();
  return entry;
}

Digest auditHash(const Digest& previous, const AuditEntry& entry) {
  std::string bytes = "postgang-audit-1\n";
  bytes += view(previous);
  appendNumber(bytes, entry.company.value);
  appendNumber(bytes, entry.sequence);
  appendNumber(bytes, entry.at.microseconds);
  appendText(bytes, name(entry.actor.kind));
  for (const auto* text : {&entry.actor.id, &entry.actor.name, &entry.reason, &entry.action, &entry.object,
                           &entry.objectId, &entry.objectName, &entry.detail, &entry.address})
    appendText(bytes, *text);
  return sha256(bytes);
}

std::string auditWords(const AuditEntry& entry) {
  return folded(entry.actor.name + "\n" + entry.objectName + "\n" + entry.reason);
}

}  // namespace postgang::store::sql
