// What the flow asks of a company's registers while it judges a document: a few looks in indexes.
#include <algorithm>

#include "store/sql/registers.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

struct Answering {
  RegisterId id;
  std::int64_t generation = 0;
  RegisterKind kind{};
  bool shared = false;
};

Result<std::vector<Answering>> answering(Reader& reader, CompanyId company, std::string_view registerName,
                                         RegisterKind kind) {
  std::vector<Answering> registers;
  const auto id = RegisterId::parse(registerName).value_or(RegisterId());
  CHECK_OK(reader.connection().run(
      "SELECT id, generation, kind, shared FROM registers WHERE company = ?1 AND deleted_at IS NULL AND ((?2 "
      "= '' AND kind = ?3) OR name = ?2 OR id = ?4)",
      {company, registerName, name(kind), id}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& found = registers.emplace_back();
        found.id = c.id<RegisterId>();
        found.generation = c.number();
        found.kind = registerKindFromName(c.view()).value_or(kind);
        found.shared = c.yes();
      }));
  return registers;
}

bool isAmong(std::span<const document::Identifier> supplier, std::string_view identifier) {
  return std::ranges::any_of(supplier, [&](const auto& one) { return one.text() == identifier; });
}

bool holds(const RegisterRow& row, Date day) {
  return (!row.from || *row.from <= day) && (!row.to || day <= *row.to);
}

// Accounts whose kind nobody has said are kept as "giro:", and found as either.
std::vector<std::string> keysOf(RegisterKind kind, std::string_view value) {
  std::vector<std::string> keys{registerKey(kind, value)};
  if (kind == RegisterKind::accounts)
    for (const auto& account : accountsIn(value))
      for (const std::string_view prefix : {"giro:", "bankgiro:", "plusgiro:"})
        keys.push_back(std::string(prefix) + account.number);
  return keys;
}

}  // namespace

Result<bool> inRegister(Reader& reader, CompanyId company, std::string_view registerName, RegisterKind kind,
                        std::string_view value, std::span<const document::Identifier> supplier, Date onDate) {
  TRY(const auto registers, answering(reader, company, registerName, kind));
  bool found = false;
  for (const auto& one : registers) {
    for (const auto& key : keysOf(one.kind, value)) {
      if (key.empty() || found) continue;
      CHECK_OK(reader.connection().run(
          "SELECT supplier, valid_from, valid_to, shown, label FROM register_rows WHERE register = ?1 AND "
          "generation = ?2 AND value = ?3",
          {one.id, one.generation, key}, [&](const sql::Row& row) {
            sql::Columns c(row);
            const auto kept = sql::readRegisterRow(c);
            found =
                found || (holds(kept, onDate) && (kept.supplier.empty() || isAmong(supplier, kept.supplier)));
          }));
    }
  }
  return found;
}

Result<std::vector<document::PaymentAccount>> registeredAccounts(
    Reader& reader, CompanyId company, std::span<const document::Identifier> supplier, Date onDate) {
  std::vector<document::PaymentAccount> accounts;
  TRY(const auto registers, answering(reader, company, {}, RegisterKind::accounts));
  for (const auto& one : registers) {
    for (const auto& identifier : supplier) {
      CHECK_OK(reader.connection().run(
          "SELECT supplier, valid_from, valid_to, shown, label FROM register_rows WHERE register = ?1 AND "
          "generation = ?2 AND supplier <> '' AND supplier = ?3",
          {one.id, one.generation, identifier.text()}, [&](const sql::Row& row) {
            sql::Columns c(row);
            const auto kept = sql::readRegisterRow(c);
            if (!holds(kept, onDate)) return;
            for (auto& account : accountsIn(kept.value)) accounts.push_back(std::move(account));
          }));
    }
  }
  return accounts;
}

Result<std::vector<std::string>> registerSuggestions(Reader& reader, CompanyId company,
                                                     std::string_view registerName, RegisterKind kind,
                                                     std::string_view prefix, Date onDate, std::size_t max) {
  std::vector<std::string> values;
  if (kind == RegisterKind::accounts) return values;  // whom a receiver pays how is nobody else's matter
  TRY(const auto registers, answering(reader, company, registerName, kind));
  const auto from = registerKey(kind, prefix);
  const auto to = from + "\xF4\x8F\xBF\xBF";
  for (const auto& one : registers) {
    if (!one.shared || one.kind == RegisterKind::accounts) continue;
    CHECK_OK(reader.connection().run(
        "SELECT DISTINCT shown, value FROM register_rows WHERE register = ?1 AND generation = ?2 AND value "
        ">= ?3 AND value < ?4 AND supplier = '' AND valid_from <= ?5 AND valid_to >= ?5 ORDER BY value LIMIT "
        "?6",
        {one.id, one.generation, from, to, onDate, max}, [&](const sql::Row& row) {
          if (values.size() < max) values.emplace_back(row.bytes(0));
        }));
  }
  return values;
}

}  // namespace postgang::store
