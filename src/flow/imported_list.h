// What the three kinds of import have in common, within flow/: a row as its fields, and what is thought of
// it.
#pragma once

#include <memory>

#include "flow/imports.h"
#include "store/store.h"

namespace postgang::flow {

// A row's texts by field. Views live as long as the row does.
class ImportedRow {
 public:
  ImportedRow(ImportKind kind, const ImportColumns& columns, const formats::SheetRow& row)
      : kind_(kind), columns_(columns), row_(row) {}
  std::string_view text(std::string_view field) const;  // empty where there is no column, or nothing in it
  bool has(std::string_view field) const { return !text(field).empty(); }
  const formats::Cell* cell(std::string_view field) const;

 private:
  ImportKind kind_;
  const ImportColumns& columns_;
  const formats::SheetRow& row_;
};

using Deed = std::function<Outcome(store::Transaction&)>;
struct Thought {
  ImportRow row;
  Deed deed = {};  // of what is created or changed
};

// One kind: what a row means to what is there now. Refuses by `fault`; a Problem is the store's own.
class ImportedList {
 public:
  virtual ~ImportedList() = default;
  virtual Result<Thought> think(store::Reader& reader, const ImportedRow& row) = 0;
};
std::unique_ptr<ImportedList> importedPartners(const ImportOrder& order);   // import_partners.cc
std::unique_ptr<ImportedList> importedCompanies(const ImportOrder& order);  // import_companies.cc
std::unique_ptr<ImportedList> importedUsers(const ImportOrder& order);      // import_users.cc

// The companies that an import may be about: the one that is acted for and those beneath it; for the
// operator's own people all customers. That a session sees more, or acts for it elsewhere, gives no role in
// it.
class Administered {
 public:
  explicit Administered(const ImportOrder& order) : order_(order) {}
  Result<bool> has(store::Reader& reader, CompanyId company);

 private:
  const ImportOrder& order_;
  std::optional<std::vector<CompanyId>> beneath_;  // sorted
};

// Fills in a row's thought: refusals, and fields that become another.
class Thinking {
 public:
  explicit Thinking(const ImportedRow& row) : row_(row) {}
  Thought refuse(std::string_view field, std::string code, std::string detail = {});
  Thought refuse(std::string_view field, const Problem& problem) {
    return refuse(field, problem.code, problem.detail);
  }
  void about(std::string key, std::string name) {
    thought_.row.key = std::move(key);
    thought_.row.name = std::move(name);
  }
  // `now` becomes what the row says, where it says something else.
  void take(std::string_view field, std::string& now, std::string said);
  void become(std::string_view field, std::string from, std::string to);
  bool isAnything() const { return !thought_.row.changes.empty(); }
  // Created, changed or nothing.
  Thought done(bool isNew, Deed deed);

 private:
  const ImportedRow& row_;
  Thought thought_;
};

// "0007:5599900015", or the number alone: Swedish organisation number, VAT number, GLN. Codes:
// parseIdentifier's.
Result<std::string> identifierSaid(std::string_view text);
// Texts that are only kept: code of what is wrong with one, or empty.
std::string faultOfText(std::string_view text, std::size_t codePoints_max);

}  // namespace postgang::flow
