#include "document/payment.h"

#include <gtest/gtest.h>

namespace postgang::document {
namespace {

struct Means {
  const char* code = "30";
  const char* reference = "";
  const char* account = "";
  const char* branch = "";
};

BusinessDocument paidBy(const std::vector<Means>& list) {
  Builder builder(Kind::invoice);
  for (const auto& means : list) {
    builder.begin(Group::BG_16);
    builder.add(Term::BT_81, means.code);
    if (*means.reference) builder.add(Term::BT_83, means.reference);
    if (*means.account) {
      builder.begin(Group::BG_17);
      builder.add(Term::BT_84, means.account);
      if (*means.branch) builder.add(Term::BT_86, means.branch);
      builder.end();
    }
    builder.end();
  }
  return std::move(builder).build();
}

struct Account {
  const char* account;
  const char* branch;
  AccountKind kind;
  const char* shown;
  bool holds;
};
class Accounts : public testing::TestWithParam<Account> {};
TEST_P(Accounts, AreRecognised) {
  const auto& expected = GetParam();
  const auto payment = paymentOf(paidBy({{"30", "", expected.account, expected.branch}}));
  ASSERT_EQ(payment.accounts.size(), 1U);
  EXPECT_EQ(payment.accounts[0].kind, expected.kind);
  EXPECT_EQ(payment.accounts[0].shown, expected.shown);
  EXPECT_EQ(payment.accounts[0].checkDigitHolds, expected.holds);
}
INSTANTIATE_TEST_SUITE_P(
    ByBranchAndNumber, Accounts,
    testing::Values(Account{"54029681", "SE:BANKGIRO", AccountKind::bankgiro, "5402-9681", true},
                    Account{"5402-9681", "se:bankgiro", AccountKind::bankgiro, "5402-9681", true},
                    Account{"1234567", "BGABSESS", AccountKind::bankgiro, "123-4567", false},
                    Account{"28 65 43-4", "SE:PLUSGIRO", AccountKind::plusgiro, "28 65 43-4", true},
                    Account{"2865434", "PGSISESS", AccountKind::plusgiro, "28 65 43-4", true},
                    Account{"SE3550000000054910000003", "ESSESESS", AccountKind::iban,
                            "SE35 5000 0000 0549 1000 0003", true},
                    Account{"5491 000 000 3", "ESSESESS", AccountKind::other, "5491 000 000 3", false},
                    Account{"54029681", "", AccountKind::other, "54029681", false}));

TEST(Payment, KeepsTheBic) {
  EXPECT_EQ(paymentOf(paidBy({{"30", "", "SE3550000000054910000003", "ESSESESS"}})).accounts[0].bic,
            "ESSESESS");
  EXPECT_EQ(paymentOf(paidBy({{"30", "", "54029681", "BGABSESS"}})).accounts[0].bic, "");
}

TEST(Payment, SeveralMeansAreAllAccounts) {
  const auto payment = paymentOf(paidBy({{"30", "1230", "54029681", "SE:BANKGIRO"},
                                         {"30", "1230", "2865434", "SE:PLUSGIRO"},
                                         {"30", "1230", "5402-9681", "SE:BANKGIRO"}}));
  EXPECT_EQ(payment.accounts.size(), 2U);
  EXPECT_EQ(payment.reference, "1230");
  EXPECT_TRUE(payment.referenceIsOcr);
  EXPECT_EQ(payment.meansCode, "30");
  EXPECT_FALSE(payment.directDebit);
}

TEST(Payment, DirectDebitIsNotToBePaid) {
  EXPECT_TRUE(paymentOf(paidBy({{"49"}})).directDebit);
  EXPECT_TRUE(paymentOf(paidBy({{"30"}, {"59"}})).directDebit);
}

TEST(Payment, AReferenceNeedNotBeAnOcr) {
  const auto payment = paymentOf(paidBy({{"30", "Faktura 17"}}));
  EXPECT_EQ(payment.reference, "Faktura 17");
  EXPECT_FALSE(payment.referenceIsOcr);
  EXPECT_TRUE(paymentOf(paidBy({{"30", "1 2351"}})).referenceIsOcr);
}

TEST(Payment, OfADocumentWithoutAny) {
  const auto payment = paymentOf(BusinessDocument());
  EXPECT_TRUE(payment.accounts.empty());
  EXPECT_FALSE(payment.referenceIsOcr);
}

TEST(Ocr, IsShownInFours) {
  EXPECT_EQ(groupedOcr("4711202681"), "4711 2026 81");
  EXPECT_EQ(groupedOcr("471 12026"), "4711 2026");
  EXPECT_EQ(groupedOcr(""), "");
}

}  // namespace
}  // namespace postgang::document
