// Every UBL file of the corpus, whole or with a fault put into it: it is read, nothing in it is lost, what
// was read is written and read again as the same, and its compact form comes back as the same.
#include <gtest/gtest.h>

#include <map>

#include "base/bytes.h"
#include "base/text.h"
#include "document/header_facts.h"
#include "document/listing.h"
#include "formats/format.h"
#include "tests/formats/files.h"

namespace postgang::formats {
namespace {

using namespace document;

struct Read {
  std::string name;
  std::string bytes;
  BusinessDocument document;
};

// Read once for all tests of this file.
const std::vector<Read>& everything() {
  static const auto all = [] {
    std::vector<Read> list;
    for (const auto& path : ublCorpus()) {
      auto bytes = bytesOf(path);
      auto reading = readDocument(bytes);
      EXPECT_TRUE(reading) << path << " " << (reading ? "" : reading.error().code);
      if (reading) list.push_back({path.filename().string(), std::move(bytes), reading->document});
    }
    return list;
  }();
  return all;
}

#define SKIP_WITHOUT_CORPUS() \
  if (ublCorpus().empty()) GTEST_SKIP() << "no corpus"

using Texts = std::multimap<std::string, xml::Element>;  // text → where

// What the paths of terms.def take for granted.
bool isConstant(const xml::Element& element, std::string_view text) {
  const auto parent = element.parent();
  if (element.is("ID") && parent.is("TaxScheme")) return text == "VAT" || parent.location().ends_with("[2]");
  if (element.is("ChargeIndicator")) return text == "true" || text == "false" || text == "1" || text == "0";
  if (element.is("DocumentTypeCode")) return text == "130" || text == "50";
  return element.is("NetworkID") && text == "NA";
}

// Every leaf's and attribute's text, straight from the tree.
void collect(const xml::Element& element, Texts& texts) {
  const auto text = std::string(trimmed(element.text()));
  if (!text.empty() && !isConstant(element, text)) texts.emplace(text, element);
  for (std::size_t i = 0; i < element.attributeCount(); ++i) {
    const auto attribute = element.attributeAt(i);
    if (attribute.namespaceUri().find("XMLSchema-instance") == std::string_view::npos)
      texts.emplace(trimmed(attribute.value()), element);
  }
  for (const auto child : element.children()) collect(child, texts);
}

void take(Texts& texts, std::string_view text) {
  if (const auto found = texts.find(std::string(text)); found != texts.end()) texts.erase(found);
}

void takeGroup(Texts& texts, const GroupView& group) {
  const auto subject = group.text(Term::BT_21);
  for (const auto& value : group.values()) {
    if (value.term == Term::BT_22 && !subject.empty())
      take(texts, "#" + std::string(subject) + "#" + std::string(value.text));
    else if (value.term != Term::BT_21)
      take(texts, value.text);
    take(texts, value.qualifier);
    take(texts, value.version);
  }
  for (const auto& inner : group.groups()) takeGroup(texts, inner);
}

TEST(Corpus, NothingInAFileIsLost) {
  SKIP_WITHOUT_CORPUS();
  for (const auto& [name, bytes, document] : everything()) {
    Texts texts;
    const auto tree = xml::parse(bytes);
    collect(tree->root(), texts);
    takeGroup(texts, document.root());
    for (const auto& extra : document.extras()) take(texts, extra.text);
    for (const auto& [text, element] : texts)
      ADD_FAILURE() << name << " " << element.location() << ": " << text;
  }
}

TEST(Corpus, WhatIsWrittenIsReadAsTheSame) {
  SKIP_WITHOUT_CORPUS();
  for (const auto& [name, bytes, document] : everything()) {
    const auto file = writeDocument(document, "ubl-invoice");
    ASSERT_TRUE(file) << name;
    const auto again = readDocument(*file);
    ASSERT_TRUE(again) << name << " " << again.error().detail;
    EXPECT_EQ(listing(again->document, ListedExtras::no), listing(document, ListedExtras::no)) << name;
    EXPECT_EQ(again->document.kind(), document.kind()) << name;
    EXPECT_TRUE(again->document.extras().empty()) << name;
  }
}

TEST(Corpus, TheCompactFormComesBackAsTheSame) {
  SKIP_WITHOUT_CORPUS();
  for (const auto& [name, bytes, document] : everything()) {
    const auto form = document.serialized();
    const auto restored = BusinessDocument::restored(form);
    ASSERT_TRUE(restored) << name;
    EXPECT_EQ(listing(*restored), listing(document)) << name;
    EXPECT_EQ(restored->serialized(), form) << name;
  }
}

// Counted by element names alone, without any path of ours.
std::size_t countOf(const xml::Element& element, std::string_view local) {
  std::size_t count = element.is(local) ? 1 : 0;
  for (const auto child : element.children()) count += countOf(child, local);
  return count;
}

TEST(Corpus, LinesAndTotalsAreThoseOfTheTree) {
  SKIP_WITHOUT_CORPUS();
  for (const auto& [name, bytes, document] : everything()) {
    const auto tree = xml::parse(bytes);
    const auto root = tree->root();
    const auto line = root.is("Invoice") ? "InvoiceLine" : "CreditNoteLine";
    EXPECT_EQ(document.root().groups(Group::BG_25).size(), root.children(line).size()) << name;
    EXPECT_EQ(document.text(Term::BT_115), trimmed(root.at("LegalMonetaryTotal/PayableAmount").text()))
        << name;
    EXPECT_EQ(document.text(Term::BT_44),
              trimmed(root.at("AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName").text()))
        << name;
    std::size_t files = 0;
    for (const auto reference : root.children("AdditionalDocumentReference"))
      files += countOf(reference, "EmbeddedDocumentBinaryObject");
    EXPECT_EQ(document.all(Term::BT_125).size(), files) << name;
  }
}

TEST(Corpus, HeaderFactsAreThere) {
  SKIP_WITHOUT_CORPUS();
  for (const auto& [name, bytes, document] : everything()) {
    const auto facts = headerFactsOf(document);
    EXPECT_EQ(facts.number, document.text(Term::BT_1)) << name;
    if (!facts.number.empty()) {
      ASSERT_FALSE(facts.searchTexts.empty()) << name;
      EXPECT_EQ(facts.searchTexts.front().term, Term::BT_1) << name;
    }
    lineTextsOf(document);
  }
}

// What these files are read as must not change unnoticed: the digest of their listing.
TEST(Corpus, ReadsAsItDid) {
  SKIP_WITHOUT_CORPUS();
  std::map<std::string, std::string> digests;
  std::ifstream file(testFolder() / "golden" / "corpus_digests.txt");
  for (std::string digest, name; file >> digest >> name;) digests[name] = digest;
  ASSERT_GE(digests.size(), 12U);
  for (const auto& [name, bytes, document] : everything()) {
    const auto known = digests.find(name);
    if (known == digests.end()) continue;
    EXPECT_EQ(hex(view(sha256(listing(document)))), known->second) << name;
    digests.erase(known);
  }
  EXPECT_TRUE(digests.empty()) << digests.begin()->first << " is not in the corpus";
}

}  // namespace
}  // namespace postgang::formats
