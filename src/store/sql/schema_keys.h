// What is kept of API keys beside what lets them in: one step of migrations.cc.
#pragma once

#include <string_view>

namespace postgang::store::sql {

inline constexpr std::string_view keys_schema[] = {
    "ALTER TABLE api_keys ADD COLUMN last_used_from {text} NOT NULL DEFAULT ''"};

}  // namespace postgang::store::sql
