// What outside registers have answered, kept until it is too old to go by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

struct Lookup {
  enum class Result { found, absent, unknown };
  Result result = Result::unknown;
  std::string facts;  // JSON, of its register's own shape; of `found` alone
  std::string words;  // short English: the name found, or what went wrong
  Instant askedAt;
  Instant until;                  // then it is to be asked again
  std::int64_t milliseconds = 0;  // how long it took
};

std::string_view name(Lookup::Result result);

Result<std::optional<Lookup>> lookup(Reader& reader, std::string_view registerName, std::string_view key);
Outcome keepLookup(Transaction& tx, std::string_view registerName, std::string_view key,
                   const Lookup& lookup);

}  // namespace postgang::store
