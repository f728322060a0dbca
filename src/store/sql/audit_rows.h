// Rows of audit_entries: read, and hashed as audit.h says.
#pragma once

#include <string>
#include <string_view>

#include "store/audit.h"
#include "store/sql/connection.h"

namespace postgang::store::sql {

inline constexpr std::string_view audit_columns =
    "company, sequence, at, actor_kind, actor_id, actor_name, reason, action, object, object_id, "
    "object_name, "
    "detail, address, hash";
AuditEntry readAuditEntry(Columns& c);  // audit_columns, from left to right

Digest auditHash(const Digest& previous, const AuditEntry& entry);
std::string auditWords(const AuditEntry& entry);  // what a search looks in, folded

}  // namespace postgang::store::sql
