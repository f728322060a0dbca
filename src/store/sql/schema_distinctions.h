// The schema's step for partners that are not the same (partner_distinctions.h): a pair stands once, the
// identifier that is less first.
#pragma once

#include <string_view>

namespace postgang::store::sql {

constexpr std::string_view distinctions_schema[] = {
    "CREATE TABLE partner_distinctions (owner BIGINT NOT NULL, identifier {text} NOT NULL, other {text} NOT "
    "NULL, said_at BIGINT NOT NULL, said_by {text} NOT NULL, PRIMARY KEY (owner, identifier, "
    "other)){clustered}",
    "CREATE INDEX partner_distinctions_other ON partner_distinctions (owner, other)",
    "CREATE INDEX partner_distinctions_said ON partner_distinctions (owner, said_at)",
};

}  // namespace postgang::store::sql
