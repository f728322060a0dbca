// What is needed to say who sees what: one step of migrations.cc.
//
// companies.group_root: the top of a company's tree, so that "of the same group" is a comparison and no walk.
// entries.counterpart_company and statistics': the other party where that is a company here (0: it is none),
// so that a document whose both sides are seen is counted once.
//
// Sessions are begun anew: nobody's lasts longer than a week.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view access_schema[] = {
    "ALTER TABLE companies ADD COLUMN group_root BIGINT NOT NULL DEFAULT 0",
    "WITH RECURSIVE placed(id, root) AS (SELECT id, id FROM companies WHERE parent IS NULL UNION SELECT "
    "c.id, "
    "p.root FROM companies c JOIN placed p ON c.parent = p.id) UPDATE companies SET group_root = "
    "COALESCE((SELECT root FROM placed WHERE placed.id = companies.id), companies.id)",
    "CREATE INDEX companies_group ON companies (group_root)",
    "ALTER TABLE companies ADD COLUMN sandbox_of BIGINT",
    "CREATE INDEX companies_sandbox ON companies (sandbox_of) WHERE sandbox_of IS NOT NULL",

    "CREATE TABLE grants (owner BIGINT NOT NULL, viewer BIGINT NOT NULL, sent BIGINT NOT NULL, received "
    "BIGINT "
    "NOT NULL, kinds {text} NOT NULL, may_act BIGINT NOT NULL, changed_at BIGINT NOT NULL, changed_by {text} "
    "NOT NULL, PRIMARY KEY (owner, viewer)){clustered}",
    "CREATE INDEX grants_viewer ON grants (viewer)",

    "ALTER TABLE users ADD COLUMN staff BIGINT NOT NULL DEFAULT 0",
    "UPDATE users SET staff = 1 WHERE role = 'operator'",
    "ALTER TABLE user_companies ADD COLUMN role {text} NOT NULL DEFAULT 'reader'",
    "UPDATE user_companies SET role = COALESCE((SELECT CASE u.role WHEN 'operator' THEN 'administrator' ELSE "
    "u.role END FROM users u WHERE u.id = user_companies.user_id), 'reader')",
    "ALTER TABLE users DROP COLUMN role",
    "DROP TABLE sessions",
    "CREATE TABLE sessions (token_digest {bytes} PRIMARY KEY, id {uuid} NOT NULL, user_id {uuid} NOT NULL, "
    "company BIGINT NOT NULL, everything BIGINT NOT NULL, reason {text} NOT NULL, method {text} NOT NULL, "
    "address {text} NOT NULL, device {text} NOT NULL, csrf_token {text} NOT NULL, created_at BIGINT NOT "
    "NULL, "
    "last_seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL){clustered}",
    "CREATE INDEX sessions_expiry ON sessions (expires_at)",
    "CREATE INDEX sessions_user ON sessions (user_id, last_seen_at)",
    "ALTER TABLE api_keys ADD COLUMN made_by {uuid}",

    "ALTER TABLE entries ADD COLUMN counterpart_company BIGINT NOT NULL DEFAULT 0",
    "UPDATE entries SET counterpart_company = COALESCE((SELECT CASE entries.direction WHEN 'sent' THEN "
    "d.receiver ELSE d.sender END FROM documents d WHERE d.id = entries.document), 0)",
    "DROP TABLE statistics",
    "CREATE TABLE statistics (company BIGINT NOT NULL, day BIGINT NOT NULL, direction {text} NOT NULL, "
    "channel {text} NOT NULL, kind {text} NOT NULL, status {text} NOT NULL, currency {text} NOT NULL, "
    "counterpart_company BIGINT NOT NULL, documents BIGINT NOT NULL, amount BIGINT NOT NULL, "
    "PRIMARY KEY (company, day, direction, channel, kind, status, currency, counterpart_company)){clustered}",
    "DELETE FROM statistics_deltas",
    "ALTER TABLE statistics_deltas ADD COLUMN counterpart_company BIGINT NOT NULL DEFAULT 0",
};

}  // namespace postgang::store::sql
