// The credit note and the new invoice made of every UBL invoice of the corpus pass the checks that the
// invoice itself passes, and are written and read as the same.
#include "formats/credit_note.h"

#include <gtest/gtest.h>

#include <set>

#include "document/difference.h"
#include "flow/filter.h"
#include "formats/format.h"
#include "tests/formats/files.h"

namespace postgang::flow {
namespace {

using namespace document;

std::set<std::string> findingsOf(const BusinessDocument& document) {
  std::vector<store::FindingFact> findings;
  demandTerms(document, findings);
  demandTotals(document, findings);
  std::set<std::string> ids;
  for (const auto& finding : findings) ids.insert(finding.id);
  return ids;
}

// Everything that the made document fails, the invoice failed already.
void expectNoNewFindings(const BusinessDocument& invoice, const BusinessDocument& made,
                         const std::string& name) {
  const auto before = findingsOf(invoice);
  for (const auto& id : findingsOf(made)) EXPECT_TRUE(before.contains(id)) << name << " " << id;
}

void expectRoundTrip(const BusinessDocument& made, std::string_view format, const std::string& name) {
  const auto file = formats::writeDocument(made, format);
  ASSERT_TRUE(file) << name;
  const auto again = formats::readDocument(*file);
  ASSERT_TRUE(again) << name;
  const auto changes = difference(made, again->document);
  EXPECT_TRUE(changes.empty()) << name << " " << document::name(changes.front().term);
  EXPECT_EQ(again->document.kind(), made.kind()) << name;
}

TEST(CreditNoteCorpus, cancels_every_invoice) {
  if (ublCorpus().empty()) GTEST_SKIP() << "no corpus";
  std::size_t made = 0;
  for (const auto& path : ublCorpus()) {
    const auto reading = formats::readDocument(bytesOf(path));
    if (!reading) continue;
    const auto& invoice = reading->document;
    const auto name = path.filename().string();
    const auto creditNote = formats::creditNoteFor(invoice, {"K-77", Date::of(2031, 1, 2), "Fel köpare"});
    if (invoice.kind() != Kind::invoice && invoice.kind() != Kind::interest_invoice) {
      EXPECT_FALSE(creditNote) << name;
      continue;
    }
    ASSERT_TRUE(creditNote) << name;
    ++made;
    EXPECT_EQ(creditNote->kind(), Kind::credit_note) << name;
    EXPECT_EQ(creditNote->text(Term::BT_25), invoice.root().text(Term::BT_1)) << name;
    for (const auto term : {Term::BT_109, Term::BT_112, Term::BT_115, Term::BT_131, Term::BT_117})
      EXPECT_EQ(creditNote->text(term), invoice.text(term)) << name;
    EXPECT_TRUE(creditNote->all(Term::BT_84).empty()) << name;
    expectNoNewFindings(invoice, *creditNote, name);
    expectRoundTrip(*creditNote, "ubl-credit-note", name);
  }
  EXPECT_GT(made, 1'000U);
}

TEST(CreditNoteCorpus, the_new_invoice_differs_in_number_and_dates_alone) {
  if (ublCorpus().empty()) GTEST_SKIP() << "no corpus";
  const std::set<Term> meant = {Term::BT_1, Term::BT_2, Term::BT_9, Term::BT_83};
  for (const auto& path : ublCorpus()) {
    const auto reading = formats::readDocument(bytesOf(path));
    if (!reading) continue;
    const auto name = path.filename().string();
    const auto invoice = formats::newInvoiceFrom(reading->document, {"N-78", Date::of(2031, 1, 2), {}});
    if (!invoice) continue;
    for (const auto& change : difference(reading->document, *invoice))
      EXPECT_TRUE(meant.contains(change.term)) << name << " " << document::name(change.term);
    expectNoNewFindings(reading->document, *invoice, name);
    expectRoundTrip(*invoice, "ubl-invoice", name);
  }
}

}  // namespace
}  // namespace postgang::flow
