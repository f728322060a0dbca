// What is not an invoice that we read is told by its name.
#include <gtest/gtest.h>

#include "formats/format.h"
#include "tests/formats/files.h"

namespace postgang::formats {
namespace {

Problem problemOf(std::string_view bytes) {
  auto reading = readDocument(bytes);
  return reading ? Problem{} : reading.error();
}

TEST(Unknown, TellsRootAndNamespace) {
  const auto problem = problemOf("<recept xmlns='urn:mat'>Kokt torsk</recept>");
  EXPECT_EQ(problem.code, "format-unknown");
  EXPECT_EQ(problem.kind, ProblemKind::unsupported);
  EXPECT_EQ(problem.parameters.at("root"), "recept");
  EXPECT_EQ(problem.parameters.at("namespace"), "urn:mat");
}

TEST(Unknown, InvoiceOfNoNamespaceIsNotUbl) {
  EXPECT_EQ(problemOf("<Invoice><ID>1</ID></Invoice>").code, "format-unknown");
}

TEST(Unknown, LongNamesAreCut) {
  EXPECT_LT(problemOf("<" + std::string(5000, 'x') + "/>").detail.size(), 500U);
}

struct Known {
  const char* file;
  const char* format;
};
class KnownFormat : public testing::TestWithParam<Known> {};

TEST_P(KnownFormat, IsNamedThoughNotRead) {
  const auto problem = problemOf(GetParam().file);
  EXPECT_EQ(problem.code, "format-not-supported");
  EXPECT_EQ(problem.parameters.at("format"), GetParam().format);
}

INSTANTIATE_TEST_SUITE_P(
    ByName, KnownFormat,
    testing::Values(
        Known{"<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>", "UBL 2.1 Order"},
        Known{"<OrderResponse xmlns='urn:oasis:names:specification:ubl:schema:xsd:OrderResponse-2'/>",
              "UBL 2.1 OrderResponse"},
        Known{"<DespatchAdvice xmlns='urn:oasis:names:specification:ubl:schema:xsd:DespatchAdvice-2'/>",
              "UBL 2.1 DespatchAdvice"},
        Known{"<Invoice xmlns='urn:sfti:documents:BasicInvoice:1:0'/>", "Svefaktura 1.0"},
        Known{"<r:CrossIndustryInvoice "
              "xmlns:r='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'/>",
              "UN/CEFACT Cross Industry Invoice"},
        Known{"<StandardBusinessDocument "
              "xmlns='http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader'/>",
              "Standard Business Document (SBDH envelope)"},
        Known{"<Finvoice Version='3.0'/>", "Finvoice"}));

struct OtherFile {
  std::string bytes;
  const char* code;
  const char* found;
};
class NotXml : public testing::TestWithParam<OtherFile> {};

TEST_P(NotXml, SaysWhatItIs) {
  const auto problem = problemOf(GetParam().bytes);
  EXPECT_EQ(problem.code, GetParam().code);
  if (GetParam().found != nullptr) {
    EXPECT_EQ(problem.parameters.at("found"), GetParam().found);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, NotXml,
    testing::Values(OtherFile{"%PDF-1.7\n", "format-not-xml", "PDF"},
                    OtherFile{std::string("PK\x03\x04\0\0", 6), "format-not-xml", "ZIP"},
                    OtherFile{"UNB+UNOC:3+73:14+73:14+090126:1425+1'", "format-not-xml", "EDIFACT"},
                    OtherFile{"{\"invoice\": 1}", "format-not-xml", "JSON"},
                    OtherFile{"", "xml-empty", nullptr},
                    OtherFile{"Hej, här kommer fakturan", "xml-not-well-formed", nullptr}));

TEST(Formats, HaveIdsOfTheirOwn) {
  for (const auto& format : formats()) EXPECT_EQ(formatOf(format.id), &format);
  EXPECT_EQ(formatOf("papyrus"), nullptr);
}

TEST(Formats, CorpusOrdersAreKnownByName) {
  const auto folder = corpusFolder() / "orders";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no corpus";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto problem = problemOf(bytesOf(entry.path()));
    EXPECT_TRUE(problem.code == "format-not-supported" || problem.code == "format-unknown") << entry.path();
  }
}

TEST(Writing, OfAFormatThatIsNotWrittenIsRefused) {
  EXPECT_EQ(writeDocument({}, "svefaktura").error().code, "format-not-written");
  EXPECT_EQ(writeDocument({}, "papyrus").error().code, "format-not-written");
}

}  // namespace
}  // namespace postgang::formats
