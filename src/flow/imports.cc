#include "flow/imports.h"

#include <algorithm>
#include <unordered_set>

#include "base/bytes.h"
#include "base/text.h"
#include "document/identifiers.h"
#include "flow/imported_list.h"
#include "flow/register_file.h"
#include "flow/words.h"
#include "store/sql/session.h"

namespace postgang::flow {

using formats::CellRemark;
using formats::SheetRow;

namespace {

std::unique_ptr<ImportedList> listOf(const ImportOrder& order) {
  switch (order.kind) {
    case ImportKind::companies:
      return importedCompanies(order);
    case ImportKind::partners:
      return importedPartners(order);
    case ImportKind::users:
      return importedUsers(order);
  }
  return nullptr;
}

// What the plan says of a row, so that no two rows read alike: lengths stand before texts.
void fingerprint(const ImportRow& row, std::string& out) {
  const auto add = [&](std::string_view text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
  };
  add(std::to_string(row.row));
  add(name(row.action));
  add(row.key);
  for (const auto& change : row.changes)
    for (const auto* text : {&change.field, &change.from, &change.to}) add(*text);
  if (row.fault) add(row.fault->code);
  out += '\n';
}

class Planning {
 public:
  Planning(store::Reader& reader, const ImportOrder& order)
      : reader_(reader), order_(order), list_(listOf(order)) {}

  Result<ImportPlan> run() {
    bool headed = false;
    Outcome thought;
    CHECK_OK(order_.sheet->rows([&](const SheetRow& row) {
      if (!std::exchange(headed, true)) return true;
      thought = think(row);
      return thought.has_value();
    }));
    CHECK_OK(thought);
    if (!headed || plan_.rows.empty()) return fail(problem(ProblemKind::invalid, "spreadsheet-empty"));
    plan_.fingerprint = hex(view(sha256(said_)));
    return std::move(plan_);
  }

  std::vector<Deed> deeds() && { return std::move(deeds_); }

 private:
  Outcome think(const SheetRow& sheetRow) {
    const ImportedRow row(order_.kind, order_.columns, sheetRow);
    TRY(auto thought, thoughtOf(row));
    auto& result = thought.row;
    result.row = sheetRow.number;
    if (!result.fault && !seen_.insert(result.key).second)
      result = refusedAs(std::move(result), "import-row-repeated");
    switch (result.action) {
      case ImportAction::create:
        ++plan_.created;
        break;
      case ImportAction::change:
        ++plan_.changed;
        break;
      case ImportAction::nothing:
        ++plan_.unchanged;
        break;
      case ImportAction::refused:
        ++plan_.refused;
        break;
    }
    if (thought.deed && result.action != ImportAction::refused) deeds_.push_back(std::move(thought.deed));
    fingerprint(result, said_);
    plan_.rows.push_back(std::move(result));
    return {};
  }

  Result<Thought> thoughtOf(const ImportedRow& row) {
    if (order_.company.sandboxOf && order_.kind != ImportKind::partners)
      return Thinking(row).refuse(importFields(order_.kind).front(), "import-not-in-sandbox");
    for (const auto field : importFields(order_.kind)) {
      const auto* cell = row.cell(field);
      if (cell && (cell->remark == CellRemark::error_value || cell->remark == CellRemark::formula_empty))
        return Thinking(row).refuse(field, "import-cell-error");
    }
    return list_->think(reader_, row);
  }

  ImportRow refusedAs(ImportRow row, const std::string& code) const {
    row.action = ImportAction::refused;
    row.changes.clear();
    row.fault = {std::string(importFields(order_.kind).front()), code,
                 std::string(Texts::of(Language::english).word("problem." + code))};
    return row;
  }

  store::Reader& reader_;
  const ImportOrder& order_;
  std::unique_ptr<ImportedList> list_;
  std::unordered_set<std::string> seen_;
  std::vector<Deed> deeds_;
  std::string said_;
  ImportPlan plan_;
};

// What tells rows apart must be there; a partner may be known by its customer number alone.
Outcome checkColumns(const ImportOrder& order) {
  const auto fields = importFields(order.kind);
  const auto has = [&](std::string_view field) {
    const auto at = std::ranges::find(fields, field) - fields.begin();
    return static_cast<std::size_t>(at) < order.columns.size() &&
           order.columns[static_cast<std::size_t>(at)].has_value();
  };
  if (has(fields.front()) || (order.kind == ImportKind::partners && has("customerNumber"))) return {};
  auto missing = problem(ProblemKind::invalid, "import-column-missing");
  missing.where = "columns";
  return fail(std::move(missing));
}

}  // namespace

std::string_view name(ImportAction action) {
  constexpr std::string_view names[] = {"create", "change", "nothing", "refused"};
  return names[static_cast<std::size_t>(action)];
}

std::string_view ImportedRow::text(std::string_view field) const {
  const auto* found = cell(field);
  return found ? std::string_view(found->text) : std::string_view();
}

const formats::Cell* ImportedRow::cell(std::string_view field) const {
  const auto fields = importFields(kind_);
  const auto at = static_cast<std::size_t>(std::ranges::find(fields, field) - fields.begin());
  if (at >= columns_.size() || !columns_[at] || *columns_[at] >= row_.cells.size()) return nullptr;
  return &row_.cells[*columns_[at]];
}

Result<bool> Administered::has(store::Reader& reader, CompanyId company) {
  if (!order_.viewer.sees(company)) return false;
  if (order_.staff || company == order_.company.id) return true;
  if (!beneath_) {
    TRY(beneath_, store::subsidiariesOf(reader, order_.company.id));
    std::ranges::sort(*beneath_);
  }
  return std::ranges::binary_search(*beneath_, company);
}

Thought Thinking::refuse(std::string_view field, std::string code, std::string detail) {
  if (detail.empty()) detail = Texts::of(Language::english).word("problem." + code);
  thought_.row.action = ImportAction::refused;
  thought_.row.changes.clear();
  if (thought_.row.key.empty()) thought_.row.key = row_.text(field);
  thought_.row.fault = {std::string(field), std::move(code), std::move(detail)};
  return std::move(thought_);
}

void Thinking::take(std::string_view field, std::string& now, std::string said) {
  if (said.empty() || said == now) return;
  become(field, now, said);
  now = std::move(said);
}

void Thinking::become(std::string_view field, std::string from, std::string to) {
  thought_.row.changes.push_back({std::string(field), std::move(from), std::move(to)});
}

Thought Thinking::done(bool isNew, Deed deed) {
  auto& row = thought_.row;
  row.action = isNew ? ImportAction::create : isAnything() ? ImportAction::change : ImportAction::nothing;
  if (row.action != ImportAction::nothing) thought_.deed = std::move(deed);
  return std::move(thought_);
}

Result<std::string> identifierSaid(std::string_view text) {
  if (auto known = supplierIn(text)) return std::move(*known);
  const bool alone = text.find(':') == std::string_view::npos && !digitsOf(text).empty();
  TRY(const auto identifier,
      document::parseIdentifier(alone ? "0007:" + std::string(text) : std::string(text)));
  return identifier.text();
}

std::string faultOfText(std::string_view text, std::size_t codePoints_max) {
  if (codePoints(text) > codePoints_max) return "import-value-too-long";
  return withoutControls(text) == text && text.find('\n') == std::string_view::npos ? ""
                                                                                    : "import-value-control";
}

Result<ImportPlan> planImport(store::Reader& reader, const ImportOrder& order) {
  CHECK_OK(checkColumns(order));
  return Planning(reader, order).run();
}

Result<ImportPlan> carryOut(store::Transaction& tx, const ImportOrder& order, std::string_view fingerprint) {
  CHECK_OK(checkColumns(order));
  Planning planning(tx, order);
  TRY(auto plan, planning.run());
  if (plan.fingerprint != fingerprint) return fail(problem(ProblemKind::conflict, "preview-outdated"));
  if (plan.refused > 0 && !order.withoutRefused)
    return fail(
        problem(ProblemKind::conflict, "import-rows-refused", {{"rows", std::to_string(plan.refused)}}));
  const auto deeds = std::move(planning).deeds();
  for (const auto& deed : deeds) CHECK_OK(deed(tx));
  return plan;
}

}  // namespace postgang::flow
