// The compact form: what was kept years ago is still read, and bytes that nobody wrote hurt nobody.
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "document/listing.h"
#include "tests/document/examples.h"

namespace postgang::document {
namespace {

std::string keptForm(const std::string& name) {
  std::ifstream file(std::string(POSTGANG_SOURCE_DIR) + "/tests/document/forms/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(Form, ComesBackAsTheSame) {
  const auto invoice = smallInvoice();
  const auto restored = BusinessDocument::restored(invoice.serialized());
  ASSERT_TRUE(restored);
  EXPECT_EQ(listing(*restored), listing(invoice));
  EXPECT_EQ(restored->serialized(), invoice.serialized());
  EXPECT_EQ(restored->find(Term::BT_1)->place.line, 4U);
  EXPECT_EQ(restored->extras()[0].place.line, 3U);
  EXPECT_EQ(restored->kind(), Kind::invoice);
}

TEST(Form, LeavesBigContentToTheOriginal) {
  const auto invoice = smallInvoice();
  EXPECT_LT(invoice.serialized().size(), 300U);
  const auto restored = BusinessDocument::restored(invoice.serialized());
  const auto attachment = restored->attachments().at(0);
  EXPECT_EQ(attachment.base64, "");
  EXPECT_EQ(attachment.size, 300U);
  EXPECT_EQ(attachment.fileName, "tid37.csv");
}

TEST(Form, OfNothingIsNothing) {
  const auto restored = BusinessDocument::restored(BusinessDocument().serialized());
  ASSERT_TRUE(restored);
  EXPECT_TRUE(restored->root().groups().empty());
}

// forms/v1.pgd was written by the first version of the form. It is never written anew.
TEST(Form, VersionOneIsStillRead) {
  const auto restored = BusinessDocument::restored(keptForm("v1.pgd"));
  ASSERT_TRUE(restored) << restored.error().code;
  EXPECT_EQ(listing(*restored), listing(smallInvoice()));
}

TEST(Form, OfAnotherVersionIsUnknown) {
  auto form = smallInvoice().serialized();
  form[3] = 99;
  EXPECT_EQ(BusinessDocument::restored(form).error().code, "document-form-unknown");
  EXPECT_EQ(BusinessDocument::restored("").error().code, "document-form-unknown");
  EXPECT_EQ(BusinessDocument::restored("PGD").error().code, "document-form-unknown");
}

TEST(Form, EveryCutIsDamaged) {
  const auto form = smallInvoice().serialized();
  for (std::size_t size = 4; size < form.size(); ++size)
    EXPECT_EQ(BusinessDocument::restored(form.substr(0, size)).error().code, "document-form-damaged") << size;
  EXPECT_EQ(BusinessDocument::restored(form + "x").error().code, "document-form-damaged");
}

// Changed bytes are refused or read as some other document, which can be asked everything.
TEST(Form, ChangedBytesNeverCrash) {
  const auto form = smallInvoice().serialized();
  std::mt19937 random(20261124);
  for (int round = 0; round < 20'000; ++round) {
    auto changed = form;
    for (unsigned i = 0; i <= random() % 4; ++i)
      changed[4 + random() % (changed.size() - 4)] = static_cast<char>(random());
    const auto restored = BusinessDocument::restored(changed);
    if (!restored) continue;
    EXPECT_EQ(restored->all(Term::BT_1).empty(), !restored->find(Term::BT_1).has_value());
    EXPECT_EQ(BusinessDocument::restored(restored->serialized())->serialized(), restored->serialized());
    listing(*restored);
  }
}

}  // namespace
}  // namespace postgang::document
