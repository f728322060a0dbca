// What the roads outside this house need: the fifth step of migrations.cc.
//
// lookups: what outside registers have answered, until it is too old to go by. Nobody's rows: an answer about
// a recipient is the same for every sender.
//
// companies.channel_policy: how a company's documents choose among channels, as JSON.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view roads_schema[] = {
    "ALTER TABLE companies ADD COLUMN channel_policy {text} NOT NULL DEFAULT ''",
    "CREATE TABLE lookups (register {text} NOT NULL, key {text} NOT NULL, result {text} NOT NULL, "
    "facts {text} NOT NULL, words {text} NOT NULL, asked_at BIGINT NOT NULL, until BIGINT NOT NULL, "
    "milliseconds BIGINT NOT NULL, PRIMARY KEY (register, key)){clustered}",
};

}  // namespace postgang::store::sql
