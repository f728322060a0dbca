// Lists from outside taken in: companies beneath the one that is acted for, partners (motparter) and people,
// from CSV or Excel. What each row will do is said first (the plan); then all of it is done in one
// transaction, or nothing.
//
//   TRY(const auto plan, planImport(reader, order));            says: create, change, nothing, refused
//   TRY(const auto done, carryOut(tx, order, plan.fingerprint)); the same plan, made again and carried out
//
// The fingerprint covers all that the plan says. Where the world has changed in between the plan made again
// is another one: nothing is done, code preview-outdated (conflict).
//
// An empty cell leaves what is there as it is. Formulas are never run (formats/spreadsheet.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/spreadsheet.h"
#include "store/access_rows.h"
#include "store/companies.h"
#include "store/viewer.h"

namespace postgang::flow {

enum class ImportKind { companies, partners, users };
std::string_view name(ImportKind kind);  // "companies" …

inline constexpr formats::SpreadsheetLimits import_limits = {
    .rows = 50'000, .columns = 100, .cellBytes = 4'000, .archive = {.entries = 1'000, .bytes = 200'000'000}};

// What a row can say, by the names that the API has for it: "identifier", "name" …
std::span<const std::string_view> importFields(ImportKind kind);
// What a column's heading calls it, in Swedish or English; nullopt for what is no part of such a list.
std::optional<std::string_view> guessedField(ImportKind kind, std::string_view heading);

// Which column is what: by field, in the order of importFields, the column's index from 0.
using ImportColumns = std::vector<std::optional<std::size_t>>;
ImportColumns guessedColumns(ImportKind kind, const formats::SheetRow& heading);

enum class ImportAction { create, change, nothing, refused };
std::string_view name(ImportAction action);

struct ImportChange {
  std::string field, from, to;
};
// Why a row is refused. Codes (words: problem.<code>): import-value-missing, import-value-too-long,
// import-value-control, import-cell-error, import-row-repeated, import-email-malformed,
// import-country-unknown, import-address-incomplete, import-channel-unknown, import-kind-unknown,
// import-role-unknown, import-company-unknown, import-parent-unknown, import-user-yourself,
// import-invite-by-person, import-not-in-sandbox, identifier-taken, identifier-malformed and its kin,
// parent-beneath-itself.
struct ImportFault {
  std::string field;
  std::string code, detail;  // English
};
struct ImportRow {
  std::int64_t row = 0;   // of the file, from 1
  std::string key, name;  // what it is about: identifier or e-mail address, and what a reader calls it
  ImportAction action = ImportAction::nothing;
  std::vector<ImportChange> changes = {};  // of a new one: what it gets
  std::optional<ImportFault> fault = {};
};
struct ImportPlan {
  std::vector<ImportRow> rows;  // every one, in the file's order
  std::int64_t created = 0, changed = 0, unchanged = 0, refused = 0;
  std::string fingerprint;
};

// People are access/'s business: what is given here is called in the import's transaction, and holds its
// rules (the last administrator stays, nobody changes himself) and its audit trail.
struct ImportedPerson {
  std::string email, name, role;
  CompanyId company;
};
using Invite = std::function<Outcome(store::Transaction&, const ImportedPerson&)>;
struct ImportedUserChange {
  UserId user;
  std::optional<std::string> name = {};
  std::optional<store::Membership> membership = {};
};
using ChangeUser = std::function<Outcome(store::Transaction&, const ImportedUserChange&)>;

struct ImportOrder {
  ImportKind kind{};
  store::Viewer viewer = store::Viewer::ofCompanies({}, {});  // acting
  store::Company company = {};  // acted for: partners are its, companies come beneath it
  bool staff = false;           // makes customers of their own
  std::string actorRole = {};
  const formats::Spreadsheet* sheet = nullptr;
  ImportColumns columns = {};
  std::vector<std::string> channels = {};  // that there are
  bool withoutRefused = false;             // carryOut: rows that are refused are left out
  Instant now = {};                        // by which invitations expire
  // Of users. Without an `invite` whoever asks cannot: new people are refused.
  Invite invite = {};
  ChangeUser changeUser = {};
};

// Codes: import-column-missing (invalid): no column for what tells rows apart; spreadsheet-empty; the
// spreadsheet's.
Result<ImportPlan> planImport(store::Reader& reader, const ImportOrder& order);
// Codes besides: preview-outdated (conflict); import-rows-refused (conflict): some are, and they are not to
// be left out.
Result<ImportPlan> carryOut(store::Transaction& tx, const ImportOrder& order, std::string_view fingerprint);

}  // namespace postgang::flow
