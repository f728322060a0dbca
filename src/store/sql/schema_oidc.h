// Sign-in by companies' own identity providers: one step of migrations.cc. The client's secret is sealed
// (base/vault.h); of states and of what browsers are given only SHA-256 is kept.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view oidc_schema[] = {
    "CREATE TABLE identity_providers (company BIGINT PRIMARY KEY, issuer {text} NOT NULL, client_id {text} "
    "NOT NULL, client_secret {text} NOT NULL, active BIGINT NOT NULL, alone BIGINT NOT NULL, first_role "
    "{text} NOT NULL, tried_at BIGINT, last_try {text} NOT NULL, changed_at BIGINT NOT NULL, changed_by "
    "{text} NOT NULL)",

    "CREATE TABLE sign_in_domains (company BIGINT NOT NULL, domain {text} NOT NULL, challenge {text} NOT "
    "NULL, confirmed_at BIGINT, confirmed_by {text} NOT NULL, PRIMARY KEY (company, domain)){clustered}",
    "CREATE UNIQUE INDEX sign_in_domains_confirmed ON sign_in_domains (domain) WHERE confirmed_at IS NOT "
    "NULL",

    "CREATE TABLE identity_bindings (company BIGINT NOT NULL, issuer {text} NOT NULL, subject {text} NOT "
    "NULL, user_id {uuid} NOT NULL, bound_at BIGINT NOT NULL, PRIMARY KEY (company, issuer, "
    "subject)){clustered}",
    "CREATE UNIQUE INDEX identity_bindings_user ON identity_bindings (user_id, company, issuer)",

    "CREATE TABLE provider_sign_ins (state_digest {bytes} PRIMARY KEY, browser_digest {bytes} NOT NULL, "
    "company BIGINT NOT NULL, issuer {text} NOT NULL, client_id {text} NOT NULL, tried_by {uuid}, onwards "
    "{text} NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL){clustered}",
    "CREATE INDEX provider_sign_ins_expiry ON provider_sign_ins (expires_at)",
};

}  // namespace postgang::store::sql
