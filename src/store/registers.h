// Registers: what a receiver has that documents may refer to (references, order numbers, cost centres) and
// the payment accounts that it knows its suppliers by.
//
// Values are compared folded: case and blanks do not count; of accounts kind and digits alone. A row may hold
// for one supplier, and for some days. A register is replaced as a whole: the rows come in beside those that
// answer, which they take the place of in one commit.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "document/identifiers.h"
#include "document/payment.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

using RegisterId = Id<struct RegisterNoun>;

enum class RegisterKind { references, orders, cost_centres, accounts };
std::string_view name(RegisterKind kind);  // "references", "orders", "cost-centres", "accounts"
std::optional<RegisterKind> registerKindFromName(std::string_view name);

struct Register {
  RegisterId id;
  CompanyId company;
  std::string name;
  RegisterKind kind = RegisterKind::references;
  bool sharedWithSenders = false;  // who corrects a document is shown its values
  std::int64_t rows = 0;
  Instant changedAt;
  std::string changedBy;
};

struct RegisterRow {
  std::string value;  // as its owner wrote it; of an account: 5402-9681, 28 65 43-4, SE35 5000 …
  std::string label;
  std::string supplier;          // "0007:5599900015": holds for this one alone; empty: for all
  std::optional<Date> from, to;  // both included
};

// How values are compared; empty where there is nothing to compare. Two are the same where this is.
std::string registerKey(RegisterKind kind, std::string_view value);
// A bankgiro or plusgiro number or an IBAN with the right check digit; digits that could be either giro are
// both.
std::vector<document::PaymentAccount> accountsIn(std::string_view text);

// Codes: not-found (absent, or not this company's); register-name-taken (conflict); register-kind-fixed
// (conflict): rows of accounts are kept in another way, so a register with rows never becomes or ceases to be
// one of them.
Outcome createRegister(Transaction& tx, const Register& made, const Actor& by);
Outcome changeRegister(Transaction& tx, const Viewer& viewer, const Register& changed);  // name, kind, shared
Outcome deleteRegister(Transaction& tx, const Viewer& viewer, CompanyId company, RegisterId id);
Result<std::vector<Register>> listRegisters(Reader& reader, const Viewer& viewer, CompanyId company);
Result<Register> findRegister(Reader& reader, const Viewer& viewer, CompanyId company, RegisterId id);

struct RegisterRowQuery {
  std::string text = {};    // begins the value or, where none does, stands in value or label; empty: all
  int limit = 50;           // 1..200
  std::string cursor = {};  // opaque; code "cursor-malformed"
};
struct RegisterRowPage {
  std::vector<RegisterRow> items;
  std::optional<std::string> nextCursor;
};
Result<RegisterRowPage> registerRows(Reader& reader, const Viewer& viewer, CompanyId company, RegisterId id,
                                     const RegisterRowQuery& query);
// Every row, in order of value. Code not-found.
Outcome eachRegisterRow(Reader& reader, const Viewer& viewer, CompanyId company, RegisterId id,
                        const std::function<void(const RegisterRow&)>& visit);
// Adds it, or puts it in place of those with the same value and supplier. Code not-found.
Outcome putRegisterRow(Transaction& tx, const Viewer& viewer, CompanyId company, RegisterId id,
                       const RegisterRow& row);
// Every row with that value. Answers how many there were.
Result<std::int64_t> deleteRegisterRows(Transaction& tx, const Viewer& viewer, CompanyId company,
                                        RegisterId id, std::string_view value);

// --- A whole file. begin → add … → end, each its own transaction, so that a million rows never hold the
// writer; the same value, supplier and first day twice: the later row stands.
struct RegisterFilling {
  RegisterId id;
  CompanyId company;
  RegisterKind kind{};
  bool replaces = true;         // else the rows go in beside those there are, at once
  std::int64_t generation = 0;  // of the rows that come in
};
// Code not-found.
Result<RegisterFilling> beginFilling(Transaction& tx, const Viewer& viewer, CompanyId company, RegisterId id,
                                     bool replaces);
Outcome addRows(Transaction& tx, const RegisterFilling& filling, std::span<const RegisterRow> rows);
// How many there are, to be told to the end: counted outside the writer.
Result<std::int64_t> rowsOf(Reader& reader, const RegisterFilling& filling);
// From here on the new rows answer. Code not-found where the register was removed meanwhile.
Outcome endFilling(Transaction& tx, const RegisterFilling& filling, std::int64_t rows, const Actor& by);
// Rows that answer no more, of registers that were replaced or removed and of fillings that never ended; at
// most `limit`. Answers how many went. Not while the register is filled.
Result<std::int64_t> sweepRegister(Transaction& tx, RegisterId id, int limit);

// --- What the flow asks, on a company's behalf. `registerName` empty: any of the kind; else its id or name.
Result<bool> inRegister(Reader& reader, CompanyId company, std::string_view registerName, RegisterKind kind,
                        std::string_view value, std::span<const document::Identifier> supplier, Date onDate);
Result<std::vector<document::PaymentAccount>> registeredAccounts(
    Reader& reader, CompanyId company, std::span<const document::Identifier> supplier, Date onDate);
// Values that begin so and hold on that day, of registers that are shared with senders.
Result<std::vector<std::string>> registerSuggestions(Reader& reader, CompanyId company,
                                                     std::string_view registerName, RegisterKind kind,
                                                     std::string_view prefix, Date onDate, std::size_t max);

}  // namespace postgang::store
