#include "store/registers.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "store/sql/registers.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view kind_names[] = {"references", "orders", "cost-centres", "accounts"};

auto registerNotFound() {
  return fail(ProblemKind::not_found, "not-found", "There is no such register.");
}

constexpr std::string_view select_register =
    "SELECT id, company, name, kind, shared, row_count, changed_at, changed_by FROM registers WHERE company "
    "= ?1 AND deleted_at IS NULL";

Register readRegister(const sql::Row& row) {
  sql::Columns c(row);
  Register found;
  found.id = c.id<RegisterId>();
  found.company = c.company();
  found.name = c.text();
  found.kind = registerKindFromName(c.view()).value_or(RegisterKind::references);
  found.sharedWithSenders = c.yes();
  found.rows = c.number();
  found.changedAt = c.instant();
  found.changedBy = c.text();
  return found;
}

Outcome checkName(Reader& reader, CompanyId company, RegisterId id, std::string_view name) {
  TRY(const auto taken, reader.connection().run("SELECT 1 FROM registers WHERE company = ?1 AND name = ?2 "
                                                "AND id <> ?3 AND deleted_at IS NULL",
                                                {company, name, id}, [](const sql::Row&) {}));
  if (taken == 0) return {};
  return fail(ProblemKind::conflict, "register-name-taken", "Another register has this name.", "/name",
              "Choose another name: demands refer to registers by theirs.");
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

document::PaymentAccount account(document::AccountKind kind, std::string number) {
  document::PaymentAccount made;
  made.kind = kind;
  made.checkDigitHolds = true;
  if (kind == document::AccountKind::bankgiro) made.shown = document::shownBankgiro(number);
  if (kind == document::AccountKind::plusgiro) made.shown = document::shownPlusgiro(number);
  if (kind == document::AccountKind::iban) made.shown = document::shownIban(number);
  made.number = std::move(number);
  return made;
}

// "BG 5402-9681": which giro it is, where it says so, is cut off.
std::optional<document::AccountKind> namedGiro(std::string_view& text) {
  using document::AccountKind;
  const auto lower = lowered(text);
  for (const auto& [word, kind] :
       {std::pair("bankgiro", AccountKind::bankgiro), std::pair("plusgiro", AccountKind::plusgiro),
        std::pair("bg", AccountKind::bankgiro), std::pair("pg", AccountKind::plusgiro)}) {
    if (!lower.starts_with(word)) continue;
    text.remove_prefix(std::string_view(word).size());
    while (!text.empty() && (text.front() == ' ' || text.front() == ':')) text.remove_prefix(1);
    return kind;
  }
  return std::nullopt;
}

// A bankgiro number has four digits after its hyphen, a plusgiro number one.
std::optional<document::AccountKind> hyphenedGiro(std::string_view text) {
  const auto hyphen = text.rfind('-');
  if (hyphen == std::string_view::npos) return std::nullopt;
  const auto after = text.size() - hyphen - 1;
  if (after == 4) return document::AccountKind::bankgiro;
  if (after == 1) return document::AccountKind::plusgiro;
  return std::nullopt;
}

}  // namespace

std::string_view name(RegisterKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::optional<RegisterKind> registerKindFromName(std::string_view name) {
  const auto found = std::find(std::begin(kind_names), std::end(kind_names), name);
  if (found == std::end(kind_names)) return std::nullopt;
  return static_cast<RegisterKind>(found - std::begin(kind_names));
}

std::vector<document::PaymentAccount> accountsIn(std::string_view written) {
  using document::AccountKind;
  auto text = trimmed(written);
  if (document::isIban(text)) {
    auto number = upper(std::string(text));
    std::erase(number, ' ');
    return {account(AccountKind::iban, std::move(number))};
  }
  auto kind = namedGiro(text);
  if (!kind) kind = hyphenedGiro(text);
  const bool plain =
      std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == ' ' || c == '-'; });
  std::vector<document::PaymentAccount> accounts;
  if (!plain) return accounts;
  const auto digits = digitsOf(text);
  if (kind != AccountKind::plusgiro && document::isBankgiro(digits))
    accounts.push_back(account(AccountKind::bankgiro, digits));
  if (kind != AccountKind::bankgiro && document::isPlusgiro(digits))
    accounts.push_back(account(AccountKind::plusgiro, digits));
  return accounts;
}

std::string registerKey(RegisterKind kind, std::string_view value) {
  if (kind == RegisterKind::accounts) {
    const auto accounts = accountsIn(value);
    if (accounts.empty()) return {};
    using document::AccountKind;
    const auto first = accounts.front().kind;
    const std::string_view prefix = accounts.size() > 1              ? "giro:"
                                    : first == AccountKind::bankgiro ? "bankgiro:"
                                    : first == AccountKind::plusgiro ? "plusgiro:"
                                                                     : "iban:";
    return std::string(prefix) + accounts.front().number;
  }
  auto key = swedishOrder(value);
  std::erase_if(key, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  return truncated(key, 200);
}

Outcome createRegister(Transaction& tx, const Register& made, const Actor& by) {
  CHECK_OK(checkName(tx, made.company, made.id, made.name));
  return tx.connection().later(
      "INSERT INTO registers (id, company, name, kind, shared, generation, next_generation, row_count, "
      "changed_at, changed_by) VALUES (?1, ?2, ?3, ?4, ?5, 1, 2, 0, ?6, ?7)",
      {made.id, made.company, made.name, name(made.kind), made.sharedWithSenders, tx.clock().now(), by.name});
}

Outcome changeRegister(Transaction& tx, const Viewer& viewer, const Register& changed) {
  TRY(const auto now, findRegister(tx, viewer, changed.company, changed.id));
  CHECK_OK(checkName(tx, changed.company, changed.id, changed.name));
  const auto keepsAccounts = [](const Register& one) { return one.kind == RegisterKind::accounts; };
  if (now.rows > 0 && keepsAccounts(now) != keepsAccounts(changed))
    return fail(ProblemKind::conflict, "register-kind-fixed",
                "A register with rows cannot become, or cease to be, one of accounts.", "/kind",
                "Make a new register of that kind.");
  CHECK_OK(tx.connection().run(
      "UPDATE registers SET name = ?2, kind = ?3, shared = ?4, changed_at = ?5, changed_by = ?6 WHERE id = "
      "?1",
      {changed.id, changed.name, name(changed.kind), changed.sharedWithSenders, tx.clock().now(),
       viewer.actor().name}));
  return {};
}

Outcome deleteRegister(Transaction& tx, const Viewer& viewer, CompanyId company, RegisterId id) {
  if (!viewer.sees(company)) return registerNotFound();
  TRY(const auto changed, tx.connection().run("UPDATE registers SET deleted_at = ?3, changed_by = ?4 WHERE "
                                              "id = ?1 AND company = ?2 AND deleted_at IS NULL",
                                              {id, company, tx.clock().now(), viewer.actor().name}));
  if (changed != 1) return registerNotFound();
  return {};
}

Result<std::vector<Register>> listRegisters(Reader& reader, const Viewer& viewer, CompanyId company) {
  std::vector<Register> registers;
  if (!viewer.sees(company)) return registers;
  static const std::string statement = std::string(select_register) + " ORDER BY name, id";
  CHECK_OK(reader.connection().run(statement, {company},
                                   [&](const sql::Row& row) { registers.push_back(readRegister(row)); }));
  return registers;
}

Result<Register> findRegister(Reader& reader, const Viewer& viewer, CompanyId company, RegisterId id) {
  if (!viewer.sees(company)) return registerNotFound();
  std::optional<Register> found;
  static const std::string statement = std::string(select_register) + " AND id = ?2";
  CHECK_OK(reader.connection().run(statement, {company, id},
                                   [&](const sql::Row& row) { found = readRegister(row); }));
  if (!found) return registerNotFound();
  return std::move(*found);
}

}  // namespace postgang::store
