// The arithmetic of EN 16931-1, BR-CO-10 to BR-CO-17, for the filter. The rule ids are the standard's, and
// each is judged as the official rules judge it: a sum is rounded to hundredths, half toward plus infinity,
// and must then be equal; a rate's VAT may differ by less than one unit of the currency. A rule whose terms
// are missing or cannot be read is silent here: demandTerms has said so.
#include "flow/filter.h"
#include "flow/findings.h"

namespace postgang::flow {

using document::BusinessDocument;
using document::Group;
using document::GroupView;
using document::Term;

namespace {

// A sum that one unreadable or overflowing part makes unknown.
class Sum {
 public:
  void add(std::optional<Decimal> part) { value_ = value_ && part ? value_->plus(*part) : std::nullopt; }
  void subtract(std::optional<Decimal> part) {
    value_ = value_ && part ? value_->minus(*part) : std::nullopt;
  }
  std::optional<Decimal> hundredths() const {
    return value_ ? std::optional<Decimal>(value_->rounded(2)) : std::nullopt;
  }

 private:
  std::optional<Decimal> value_ = Decimal(0);
};

Sum sumOf(const BusinessDocument& document, Group group, Term term) {
  Sum sum;
  for (const auto& each : document.root().groups(group)) sum.add(each.decimal(term));
  return sum;
}

// The totals as the document states them. Absent optional ones count as zero.
class Totals {
 public:
  explicit Totals(const BusinessDocument& document) : view_(document.root().group(Group::BG_22)) {}
  std::optional<document::Value> stated(Term term) const { return view_.find(term); }
  std::optional<Decimal> demanded(Term term) const { return view_.decimal(term); }
  std::optional<Decimal> orZero(Term term) const {
    const auto value = view_.find(term);
    return value ? value->decimal() : std::optional<Decimal>(Decimal(0));
  }

 private:
  GroupView view_;
};

void demandEqual(std::string_view rule, Term term, const Totals& totals, const Sum& expected,
                 std::vector<store::FindingFact>& findings) {
  const auto stated = totals.stated(term);
  const auto is = totals.orZero(term);
  const auto shouldBe = expected.hundredths();
  if (!is || !shouldBe || *is == *shouldBe) return;
  findings.push_back(finding(rule, term, stated ? stated->place : document::Place{},
                             stated ? stated->text : "",
                             {{"stated", is->text()}, {"computed", shouldBe->text(2)}}));
}

// BR-CO-17: VAT = taxable amount × rate, within one unit.
void demandVatOfRate(const GroupView& rate, std::vector<store::FindingFact>& findings) {
  const auto taxable = rate.decimal(Term::BT_116);
  const auto vat = rate.decimal(Term::BT_117);
  const auto percent =
      rate.find(Term::BT_119) ? rate.decimal(Term::BT_119) : std::optional<Decimal>(Decimal(0));
  if (!taxable || !vat || !percent) return;
  std::optional<Decimal> computed = Decimal(0);
  if (!percent->rounded(0).isZero()) {
    const auto product = taxable->abs().times(*percent);
    computed = product ? product->dividedBy(Decimal(100), 2) : std::nullopt;
    if (!computed) return;
    const auto difference = vat->abs().minus(*computed);
    if (!difference || difference->abs() < Decimal(1)) return;
  } else if (vat->rounded(0).isZero()) {
    return;
  }
  findings.push_back(finding("BR-CO-17", Term::BT_117, rate.find(Term::BT_117)->place, vat->text(),
                             {{"stated", vat->text()},
                              {"computed", computed->text(2)},
                              {"rate", percent->normalised().text()},
                              {"taxable", taxable->text()}}));
}

void demandVat(const BusinessDocument& document, const Totals& totals,
               std::vector<store::FindingFact>& findings) {
  const auto rates = document.root().groups(Group::BG_23);
  if (!rates.empty() && totals.stated(Term::BT_110))
    demandEqual("BR-CO-14", Term::BT_110, totals, sumOf(document, Group::BG_23, Term::BT_117), findings);
  for (const auto& rate : rates) demandVatOfRate(rate, findings);
}

// BR-CO-16. Beside a rounding amount the official rule rounds both sides, so more decimals than two do no
// harm.
void demandPayable(const Totals& totals, std::vector<store::FindingFact>& findings) {
  if (!totals.demanded(Term::BT_115)) return;
  Sum sum;
  sum.add(totals.demanded(Term::BT_112));
  sum.subtract(totals.orZero(Term::BT_113));
  if (totals.stated(Term::BT_114)) {
    Sum withoutRounding;
    withoutRounding.add(totals.demanded(Term::BT_115));
    withoutRounding.subtract(totals.orZero(Term::BT_114));
    if (withoutRounding.hundredths() == sum.hundredths()) return;
    sum.add(totals.orZero(Term::BT_114));
  }
  demandEqual("BR-CO-16", Term::BT_115, totals, sum, findings);
}

}  // namespace

void demandTotals(const BusinessDocument& document, std::vector<store::FindingFact>& findings) {
  const Totals totals(document);
  if (totals.demanded(Term::BT_106))
    demandEqual("BR-CO-10", Term::BT_106, totals, sumOf(document, Group::BG_25, Term::BT_131), findings);
  demandEqual("BR-CO-11", Term::BT_107, totals, sumOf(document, Group::BG_20, Term::BT_92), findings);
  demandEqual("BR-CO-12", Term::BT_108, totals, sumOf(document, Group::BG_21, Term::BT_99), findings);
  if (totals.demanded(Term::BT_109)) {
    Sum sum;
    sum.add(totals.demanded(Term::BT_106));
    sum.subtract(totals.orZero(Term::BT_107));
    sum.add(totals.orZero(Term::BT_108));
    demandEqual("BR-CO-13", Term::BT_109, totals, sum, findings);
  }
  demandVat(document, totals, findings);
  if (totals.demanded(Term::BT_112)) {
    Sum sum;
    sum.add(totals.demanded(Term::BT_109));
    sum.add(totals.orZero(Term::BT_110));
    demandEqual("BR-CO-15", Term::BT_112, totals, sum, findings);
  }
  demandPayable(totals, findings);
}

}  // namespace postgang::flow
