// Every column that holds a secret which must be read again, each sealed by base/vault.h. Whoever adds such a
// column adds its line here: then what was kept in clear is sealed when the program starts, and a change of
// keys seals it anew. The context that a secret is bound to is the line's own words and the row's key, parts
// joined by ":", as sealedContext() says it.
//
// What is no such secret is not here: passwords (argon2id), and tokens of sessions, keys and links (SHA-256)
// are kept so that nobody reads them again; passwords of mail servers and tokens of print house, bank hub and
// access point stand on the command line and in the environment, private keys in files of their own.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/vault.h"
#include "store/store.h"

namespace postgang::store {

enum class KeyColumn : std::uint8_t { none, number, text, uuid };

struct SealedColumn {
  std::string_view table, column;
  std::string_view context;  // what its secrets' contexts begin with: "handover"
  struct Part {
    std::string_view column = {};
    KeyColumn type = KeyColumn::none;
  };
  std::array<Part, 2> key = {};  // the table's primary key
};

inline constexpr SealedColumn sealed_columns[] = {
    // What webhooks of a hand-over are signed with.
    {"handover_settings",
     "secret",
     "handover",
     {{{"company", KeyColumn::number}, {"kind", KeyColumn::text}}}},
    // What subscriptions' messages are signed with, and were until it was changed.
    {"webhooks", "secret", "webhook", {{{"id", KeyColumn::uuid}}}},
    {"webhooks", "previous_secret", "webhook", {{{"id", KeyColumn::uuid}}}},
    // What a second step's codes are reckoned from.
    {"second_factors", "sealed_seed", "totp", {{{"user_id", KeyColumn::uuid}}}},
    // What a company's identity provider knows us by.
    {"identity_providers", "client_secret", "identity-provider", {{{"company", KeyColumn::number}}}},
};

// sealedContext("handover", {"12", "invoice"}) is "handover:12:invoice".
std::string sealedContext(std::string_view words, std::initializer_list<std::string_view> key);

struct SealingReport {
  std::int64_t sealed = 0, sealedAnew = 0;  // that were in clear; that an older key had sealed
};
// What is there in clear; nothing of it stays in SQLite's file. Codes: the store's.
Result<SealingReport> sealWhatIsClear(Store& store, const Vault& vault);
// That, and whatever the newest key has not sealed, a few rows to a commit: it may be broken off and called
// again, while others read and write. A row that is changed meanwhile is left to whoever changed it. Codes:
// those of Vault::unseal, with the row as `where`; the store's.
Result<SealingReport> sealAnew(Store& store, const Vault& vault);

}  // namespace postgang::store
