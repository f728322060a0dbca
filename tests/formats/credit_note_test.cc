#include "formats/credit_note.h"

#include <gtest/gtest.h>

#include "formats/format.h"
#include "tests/formats/files.h"

namespace postgang::formats {
namespace {

using namespace document;

BusinessDocument everyTerm() {
  return readDocument(example("every_term.xml"))->document;
}

const CreditNoteFacts facts{"K-1", Date::of(2026, 11, 24), "Fel köpare"};

TEST(CreditNote, CreditsTheWholeInvoice) {
  const auto invoice = everyTerm();
  const auto note = *creditNoteFor(invoice, facts);
  EXPECT_EQ(note.text(Term::BT_1), "K-1");
  EXPECT_EQ(note.text(Term::BT_2), "2026-11-24");
  EXPECT_EQ(note.text(Term::BT_3), "381");
  ASSERT_EQ(note.root().groups(Group::BG_3).size(), 1U);
  EXPECT_EQ(note.text(Term::BT_25), invoice.root().text(Term::BT_1));
  EXPECT_EQ(note.text(Term::BT_26), invoice.root().text(Term::BT_2));
  EXPECT_EQ(note.text(Term::BT_22), "Fel köpare");
  EXPECT_EQ(note.text(Term::BT_115), invoice.text(Term::BT_115));
  EXPECT_EQ(note.root().groups(Group::BG_25).size(), invoice.root().groups(Group::BG_25).size());
}

TEST(CreditNote, LeavesOutWhatIsTheInvoicesOwn) {
  const auto note = *creditNoteFor(everyTerm(), facts);
  for (const auto term : {Term::BT_7, Term::BT_8, Term::BT_9, Term::BT_20, Term::BT_59, Term::BT_81,
                          Term::BT_83, Term::BT_84, Term::BT_89, Term::BT_122})
    EXPECT_FALSE(note.find(term)) << name(term);
}

TEST(CreditNote, IsNotMadeOfACreditNote) {
  const auto note = readDocument(example("credit_note.xml"))->document;
  EXPECT_EQ(creditNoteFor(note, facts).error().code, "document-not-credited");
  EXPECT_EQ(newInvoiceFrom(note, {"N-1", Date::of(2026, 11, 24), {}}).error().code, "document-not-credited");
}

TEST(CreditNote, NeedsANumberOfItsOwn) {
  const auto invoice = everyTerm();
  for (const std::string number : {"", "  ", "a\nb"})
    EXPECT_EQ(creditNoteFor(invoice, {number, facts.issueDate, ""}).error().code, "number-malformed");
  const CreditNoteFacts same{std::string(invoice.text(Term::BT_1)), facts.issueDate, ""};
  EXPECT_EQ(creditNoteFor(invoice, same).error().code, "number-malformed");
  EXPECT_EQ(creditNoteFor(invoice, {"K-1", facts.issueDate, "a\tb"}).error().code, "reason-malformed");
}

TEST(NewInvoice, TheDueDateKeepsItsDistance) {
  Builder builder(Kind::invoice);
  builder.add(Term::BT_1, "7");
  builder.add(Term::BT_2, "2026-11-02");
  builder.add(Term::BT_9, "2026-12-02");
  builder.begin(Group::BG_16);
  builder.add(Term::BT_83, "7");
  builder.end();
  const auto invoice = std::move(builder).build();
  const auto again = *newInvoiceFrom(invoice, {"8", Date::of(2026, 11, 24), {}});
  EXPECT_EQ(again.text(Term::BT_9), "2026-12-24");
  EXPECT_EQ(again.text(Term::BT_83), "8");
  EXPECT_EQ(newInvoiceFrom(invoice, {"8", Date::of(2026, 11, 24), "42"})->text(Term::BT_83), "42");
}

}  // namespace
}  // namespace postgang::formats
