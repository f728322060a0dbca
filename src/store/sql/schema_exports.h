// The schema's step for exports of lists and for views that a company shares.
//
// exports: found by who asked for them, and by how they stand where one is to be made or swept.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view exports_schema[] = {
    "CREATE TABLE exports (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, asker {text} NOT NULL, by_whom "
    "{text} NOT NULL, everything BIGINT NOT NULL, form {text} NOT NULL, language {text} NOT NULL, filter "
    "{text} NOT NULL, state {text} NOT NULL, run BIGINT NOT NULL, asked_at BIGINT NOT NULL, moved_at BIGINT "
    "NOT NULL, ended_at BIGINT, documents BIGINT NOT NULL, total BIGINT NOT NULL, size BIGINT NOT NULL, "
    "digest {text} NOT NULL, sight {text} NOT NULL, trouble {text} NOT NULL){clustered}",
    "CREATE INDEX exports_asker ON exports (asker, company, id)",
    "CREATE INDEX exports_state ON exports (state, moved_at)",

    "CREATE TABLE shared_views (id {uuid} PRIMARY KEY, company BIGINT NOT NULL, list {text} NOT NULL, name "
    "{text} NOT NULL, query {text} NOT NULL, made_by {text} NOT NULL, made_by_name {text} NOT NULL, made_at "
    "BIGINT NOT NULL){clustered}",
    "CREATE INDEX shared_views_company ON shared_views (company, id)",
};

}  // namespace postgang::store::sql
