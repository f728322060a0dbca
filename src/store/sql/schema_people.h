// What people need to come in and to have it their way: one step of migrations.cc. All are subjects of their
// own, no projections; of tokens and codes only SHA-256 is kept, seeds are sealed (base/vault.h).
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view people_schema[] = {
    "CREATE TABLE invitations (id {uuid} PRIMARY KEY, email {text} NOT NULL, name {text} NOT NULL, language "
    "{text} NOT NULL, invited_by {uuid} NOT NULL, invited_by_name {text} NOT NULL, token_digest {bytes}, "
    "created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, sent_at BIGINT, accepted_at BIGINT, "
    "withdrawn_at "
    "BIGINT){clustered}",
    "CREATE UNIQUE INDEX invitations_token ON invitations (token_digest) WHERE token_digest IS NOT NULL",
    "CREATE INDEX invitations_email ON invitations (email)",
    "CREATE TABLE invitation_companies (invitation {uuid} NOT NULL, position BIGINT NOT NULL, company BIGINT "
    "NOT NULL, role {text} NOT NULL, PRIMARY KEY (invitation, position)){clustered}",
    "CREATE INDEX invitation_companies_company ON invitation_companies (company, invitation)",

    "CREATE TABLE second_factors (user_id {uuid} PRIMARY KEY, sealed_seed {text} NOT NULL, confirmed_at "
    "BIGINT, "
    "last_step BIGINT NOT NULL){clustered}",
    "CREATE TABLE recovery_codes (user_id {uuid} NOT NULL, digest {bytes} NOT NULL, PRIMARY KEY (user_id, "
    "digest)){clustered}",
    "CREATE TABLE second_factor_demands (company BIGINT PRIMARY KEY)",

    "CREATE TABLE pending_sign_ins (token_digest {bytes} PRIMARY KEY, user_id {uuid} NOT NULL, created_at "
    "BIGINT "
    "NOT NULL, expires_at BIGINT NOT NULL){clustered}",
    "CREATE INDEX pending_sign_ins_user ON pending_sign_ins (user_id)",
    "CREATE TABLE password_resets (token_digest {bytes} PRIMARY KEY, user_id {uuid} NOT NULL, created_at "
    "BIGINT "
    "NOT NULL, expires_at BIGINT NOT NULL){clustered}",
    "CREATE INDEX password_resets_user ON password_resets (user_id)",
    "CREATE TABLE user_devices (user_id {uuid} NOT NULL, device {bytes} NOT NULL, seen_at BIGINT NOT NULL, "
    "PRIMARY KEY (user_id, device)){clustered}",

    "CREATE TABLE own_settings (user_id {uuid} PRIMARY KEY, theme {text} NOT NULL){clustered}",
    "CREATE TABLE own_notices (user_id {uuid} NOT NULL, kind {text} NOT NULL, how {text} NOT NULL, PRIMARY "
    "KEY "
    "(user_id, kind)){clustered}",
    "CREATE TABLE saved_views (user_id {uuid} NOT NULL, position BIGINT NOT NULL, id {uuid} NOT NULL, list "
    "{text} NOT NULL, name {text} NOT NULL, query {text} NOT NULL, PRIMARY KEY (user_id, "
    "position)){clustered}",
};

}  // namespace postgang::store::sql
