// What the audit trail needs: one step of migrations.cc.
//
// audit_entries: one row per thing done (audit.h), a chain per company; words: what a search looks in,
// folded. audit_heads: where each chain ends; the row is locked while one is added. Both are their own truth,
// no projections: rebuild does not touch them.
//
// The triggers hold what the code promises. Whoever may drop a trigger can change a row: the hashes show it.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view audit_schema[] = {
    "CREATE TABLE audit_entries (company BIGINT NOT NULL, sequence BIGINT NOT NULL, at BIGINT NOT NULL, "
    "actor_kind {text} NOT NULL, actor_id {text} NOT NULL, actor_name {text} NOT NULL, reason {text} NOT "
    "NULL, "
    "action {text} NOT NULL, object {text} NOT NULL, object_id {text} NOT NULL, object_name {text} NOT NULL, "
    "detail {text} NOT NULL, address {text} NOT NULL, words {text} NOT NULL, hash {bytes} NOT NULL, "
    "PRIMARY KEY (company, sequence)){clustered}",
    "CREATE INDEX audit_entries_at ON audit_entries (company, at, sequence)",
    "CREATE INDEX audit_entries_all ON audit_entries (at, company, sequence)",
    "CREATE INDEX audit_entries_object ON audit_entries (company, object, object_id, at, sequence) WHERE "
    "object_id <> ''",
    "CREATE TABLE audit_heads (company BIGINT PRIMARY KEY, sequence BIGINT NOT NULL, hash {bytes} NOT NULL)",
};
inline constexpr std::string_view audit_sqlite[] = {
    "CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'the "
    "audit trail is append-only'); END",
    "CREATE TRIGGER audit_entries_kept BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'the audit "
    "trail is append-only'); END",
    "CREATE TRIGGER audit_heads_onward BEFORE UPDATE ON audit_heads WHEN NEW.company <> OLD.company OR "
    "NEW.sequence <= OLD.sequence BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER audit_heads_kept BEFORE DELETE ON audit_heads BEGIN SELECT RAISE(ABORT, 'the audit trail "
    "is append-only'); END",
};
inline constexpr std::string_view audit_postgres[] = {
    "CREATE FUNCTION audit_refused() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit "
    "trail is append-only'; END $$",
    "CREATE TRIGGER audit_entries_unchanged BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE "
    "FUNCTION audit_refused()",
    "CREATE TRIGGER audit_entries_kept BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION "
    "audit_refused()",
    "CREATE TRIGGER audit_heads_onward BEFORE UPDATE ON audit_heads FOR EACH ROW WHEN (NEW.company <> "
    "OLD.company OR NEW.sequence <= OLD.sequence) EXECUTE FUNCTION audit_refused()",
    "CREATE TRIGGER audit_heads_kept BEFORE DELETE ON audit_heads FOR EACH ROW EXECUTE FUNCTION "
    "audit_refused()",
};

}  // namespace postgang::store::sql
