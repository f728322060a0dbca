// Companies from a list: beneath the one that is acted for, or, for the operator's own people, customers of
// their own. A row may name the company above it, which stands in an earlier row or is there already.
#include <set>

#include "base/text.h"
#include "flow/imported_list.h"
#include "store/company_profile.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

using store::Company;

constexpr std::size_t name_codePoints_max = 200;

class Companies final : public ImportedList {
 public:
  explicit Companies(const ImportOrder& order) : order_(order), administered_(order) {}

  Result<Thought> think(store::Reader& reader, const ImportedRow& row) override {
    Thinking thinking(row);
    if (auto fault = faultOfText(row.text("name"), name_codePoints_max); !fault.empty())
      return thinking.refuse("name", std::move(fault));
    if (!row.has("identifier")) return thinking.refuse("identifier", "import-value-missing");
    auto identifier = identifierSaid(row.text("identifier"));
    if (!identifier) return thinking.refuse("identifier", identifier.error());
    TRY(const auto known, store::companyByIdentifier(reader, *identifier));
    bool mine = false;
    if (known && known->isCustomer) {
      TRY(mine, administered_.has(reader, known->id));
    }
    // Whoever is a customer already, or has been sent to, is another's to bring in.
    if (known && !mine && (known->isCustomer || !order_.staff))
      return thinking.refuse("identifier", "identifier-taken");
    thinking.about(*identifier, std::string(row.has("name") ? row.text("name") : known ? known->name : ""));
    auto company = known.value_or(Company{});
    company.identifier = known ? known->identifier : *identifier;
    thinking.take("name", company.name, std::string(row.text("name")));
    if (company.name.empty()) return thinking.refuse("name", "import-value-missing");
    TRY(auto parent, parentOf(reader, row, *identifier));
    if (!parent) return thinking.refuse("parent", parent.error());
    return decide(reader, thinking, std::move(company), mine, known.has_value(), *parent);
  }

 private:
  // The identifier above: said, or the company that is acted for; empty: none. The error is a fault's code.
  using Parent = tl::expected<std::string, std::string>;
  Result<Parent> parentOf(store::Reader& reader, const ImportedRow& row, const std::string& own) {
    if (!row.has("parent")) return Parent(std::string());
    const auto parent = identifierSaid(row.text("parent"));
    if (!parent) return Parent(tl::unexpected<std::string>("import-parent-unknown"));
    if (*parent == own) return Parent(tl::unexpected<std::string>("parent-beneath-itself"));
    if (made_.contains(*parent)) return Parent(*parent);
    TRY(const auto above, store::companyByIdentifier(reader, *parent));
    bool mine = false;
    if (above && above->isCustomer) {
      TRY(mine, administered_.has(reader, above->id));
    }
    if (!mine) return Parent(tl::unexpected<std::string>("import-parent-unknown"));
    return Parent(above->identifier);
  }

  Result<Thought> decide(store::Reader& reader, Thinking& thinking, Company company, bool mine, bool known,
                         std::string parent) {
    std::string above;
    if (mine && company.parent) {
      TRY(const auto now, store::company(reader, *company.parent));
      above = now.identifier;
    }
    if (!mine && parent.empty() && !order_.staff) parent = order_.company.identifier;
    // The company that is acted for stays where it is: what is above it is not its people's to decide.
    const bool moves = !parent.empty() && parent != above;
    if (moves && mine && company.id == order_.company.id && !order_.staff)
      return thinking.refuse("parent", "parent-beneath-itself");
    if (moves) thinking.become("parent", above, parent);
    if (!mine) made_.insert(company.identifier);
    return thinking.done(
        !mine, [company = std::move(company), mine, known, moves, parent](store::Transaction& tx) -> Outcome {
          auto id = company.id;
          if (known) {
            CHECK_OK(mine ? store::setCompanyName(tx, id, company.name)
                          : store::makeCustomer(tx, id, company.name));
          } else {
            auto made = company;
            made.identifiers = {made.identifier};
            TRY(id, store::createCompany(tx, made));
          }
          if (!moves) return {};
          TRY(const auto to, store::companyByIdentifier(tx, parent));
          if (!to) return fail(ProblemKind::conflict, "preview-outdated", "The company above is gone.");
          return store::setParent(tx, id, to->id);
        });
  }

  const ImportOrder& order_;
  Administered administered_;
  std::set<std::string, std::less<>> made_;  // by earlier rows
};

}  // namespace

std::unique_ptr<ImportedList> importedCompanies(const ImportOrder& order) {
  return std::make_unique<Companies>(order);
}

}  // namespace postgang::flow
