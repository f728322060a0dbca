// What a company tells of itself and what its group has set for it: one step of migrations.cc.
//
// company_settings: by key, as JSON; read upwards through companies.parent, so that what a group sets holds
// for everybody beneath it who has not set it themselves. Where a company hears of its own stopped documents
// becomes one of them.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view companies_schema[] = {
    "CREATE TABLE company_addresses (company BIGINT NOT NULL, kind {text} NOT NULL, street {text} NOT NULL, "
    "postal_code {text} NOT NULL, city {text} NOT NULL, country {text} NOT NULL, "
    "PRIMARY KEY (company, kind)){clustered}",
    "CREATE TABLE company_contacts (company BIGINT NOT NULL, position BIGINT NOT NULL, role {text} NOT NULL, "
    "name {text} NOT NULL, email {text} NOT NULL, phone {text} NOT NULL, "
    "PRIMARY KEY (company, position)){clustered}",

    "CREATE TABLE company_settings (company BIGINT NOT NULL, key {text} NOT NULL, value {text} NOT NULL, "
    "changed_at BIGINT NOT NULL, changed_by {text} NOT NULL, PRIMARY KEY (company, key)){clustered}",
    "INSERT INTO company_settings (company, key, value, changed_at, changed_by) SELECT id, 'noticeEmail', "
    "'\"' || notice_email || '\"', created_at, '' FROM companies WHERE notice_email <> ''",
    "ALTER TABLE companies DROP COLUMN notice_email",
};

}  // namespace postgang::store::sql
