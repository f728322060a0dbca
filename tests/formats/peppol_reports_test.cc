#include "formats/peppol_reports.h"

#include <gtest/gtest.h>

#include <functional>

#include "formats/sbdh.h"
#include "xml/parse.h"

namespace postgang::formats {
namespace {

using enum ReportKeyKind;

const ReportKey as4{transport, "peppol-transport-as4-v2_0"};
const ReportKey other{provider, "POP000002"};
const ReportKey invoice{document, std::string(peppolDocuments()[0].value), std::string(peppol_documents)};
const ReportKey billing{process, std::string(peppolDocuments()[0].processes[0]),
                        std::string(peppol_processes)};

ReportHead november() {
  return {Date::of(2026, 11, 1), Date::of(2026, 11, 30), "POP000001"};
}

TransactionReport transactions() {
  return {november(),
          {3, 2},
          {{{as4}, {3, 2}},
           {{other, invoice, billing}, {3, 2}},
           {{other, invoice, billing, {sender_country, "ZZ"}, {receiver_country, "SE"}}, {1, 0}},
           {{other, invoice, billing, {sender_country, "NO"}, {receiver_country, "SE"}}, {2, 0}}}};
}

EndUserReport endUsers() {
  const ReportKey sweden{end_user_country, "SE"};
  return {november(),
          {9, 4, 12},
          {{{sweden}, {9, 4, 12}},
           {{invoice, sweden}, {5, 2, 6}},
           {{invoice, billing}, {5, 2, 6}},
           {{invoice, billing, sweden}, {5, 2, 6}}}};
}

// "Header(ReportPeriod(StartDate EndDate) ReporterID)", as the schemas have it.
std::string shapeOf(const xml::Element& element) {
  std::string inner;
  for (const auto child : element.children()) inner += (inner.empty() ? "" : " ") + shapeOf(child);
  return std::string(element.name()) + (inner.empty() ? "" : "(" + inner + ")");
}

xml::Tree read(const Result<std::string>& text) {
  EXPECT_TRUE(text) << text.error().where << ": " << text.error().detail;
  auto tree = xml::parse(text.value_or("<none/>"));
  EXPECT_TRUE(tree);
  return std::move(*tree);
}

TEST(PeppolReports, TransactionsStandInTheSchemasOrder) {
  const auto tree = read(writeReport(transactions()));
  const auto root = tree.root();
  EXPECT_TRUE(root.is("urn:fdc:peppol:transaction-statistics-report:1.0", "TransactionStatisticsReport"));
  EXPECT_EQ(
      shapeOf(root),
      "TransactionStatisticsReport(CustomizationID ProfileID "
      "Header(ReportPeriod(StartDate EndDate) ReporterID) Total(Incoming Outgoing) "
      "Subtotal(Key Incoming Outgoing) Subtotal(Key Key Key Incoming Outgoing) "
      "Subtotal(Key Key Key Key Key Incoming Outgoing) Subtotal(Key Key Key Key Key Incoming Outgoing))");
  EXPECT_EQ(root.child("CustomizationID").text(),
            "urn:fdc:peppol.eu:edec:trns:transaction-statistics-reporting:1.0");
  EXPECT_EQ(root.child("ProfileID").text(), "urn:fdc:peppol.eu:edec:bis:reporting:1.0");
  EXPECT_EQ(root.child("Header").child("ReportPeriod").child("EndDate").text(), "2026-11-30");
  EXPECT_EQ(root.child("Header").child("ReporterID").attribute("schemeID"), "CertSubjectCN");
  std::string keys;
  for (const auto part : root.children("Subtotal")) {
    keys += std::string(part.attribute("type")) + ":";
    for (const auto key : part.children("Key"))
      keys += " " + std::string(key.attribute("metaSchemeID")) + "/" + std::string(key.attribute("schemeID"));
    keys += "\n";
  }
  const std::string three = " SP/CertSubjectCN DT/busdox-docid-qns PR/cenbii-procid-ubl";
  EXPECT_EQ(keys, "PerTP: TP/Peppol\nPerSP-DT-PR:" + three + "\nPerSP-DT-PR-CC:" + three +
                      " CC/SenderCountry CC/ReceiverCountry\nPerSP-DT-PR-CC:" + three +
                      " CC/SenderCountry CC/ReceiverCountry\n");
}

TEST(PeppolReports, EndUsersStandInTheSchemasOrder) {
  const auto tree = read(writeReport(endUsers()));
  const auto root = tree.root();
  EXPECT_TRUE(root.is("urn:fdc:peppol:end-user-statistics-report:1.1", "EndUserStatisticsReport"));
  const std::string counts = "SendingEndUsers ReceivingEndUsers SendingOrReceivingEndUsers)";
  EXPECT_EQ(shapeOf(root),
            "EndUserStatisticsReport(CustomizationID ProfileID "
            "Header(ReportPeriod(StartDate EndDate) ReporterID) FullSet(" +
                counts + " Subset(Key " + counts + " Subset(Key Key " + counts + " Subset(Key Key " + counts +
                " Subset(Key Key Key " + counts + ")");
  EXPECT_EQ(root.child("CustomizationID").text(),
            "urn:fdc:peppol.eu:edec:trns:end-user-statistics-report:1.1");
  std::string types;
  for (const auto part : root.children("Subset")) types += std::string(part.attribute("type")) + " ";
  EXPECT_EQ(types, "PerEUC PerDT-EUC PerDT-PR PerDT-PR-EUC ");
}

TEST(PeppolReports, AnEmptyMonthHasItsTotalsAlone) {
  EXPECT_EQ(shapeOf(read(writeReport(TransactionReport{november(), {}, {}})).root()),
            "TransactionStatisticsReport(CustomizationID ProfileID "
            "Header(ReportPeriod(StartDate EndDate) ReporterID) Total(Incoming Outgoing))");
  const auto tree = read(writeReport(EndUserReport{november(), {}, {}}));
  EXPECT_EQ(tree.root().child("FullSet").child("SendingOrReceivingEndUsers").text(), "0");
  EXPECT_FALSE(tree.root().child("Subset"));
}

template <typename Report>
std::string ruleBroken(Report report, const std::function<void(Report&)>& change) {
  EXPECT_TRUE(checkReport(report));
  change(report);
  const auto outcome = checkReport(report);
  EXPECT_FALSE(writeReport(report));
  return outcome ? "" : outcome.error().where;
}

TEST(PeppolReports, TransactionsAddUpOrAreNotWritten) {
  const auto broken = [](const std::function<void(TransactionReport&)>& change) {
    return ruleBroken(transactions(), change);
  };
  EXPECT_EQ(broken([](auto& r) { r.head.provider = "pop000001"; }), "SCH-TSR-18, SCH-EUSR-08");
  EXPECT_EQ(broken([](auto& r) { r.head.to = Date::of(2026, 10, 31); }), "SCH-TSR-42, SCH-EUSR-18");
  EXPECT_EQ(broken([](auto& r) { ++r.total.incoming; }), "SCH-TSR-04, SCH-TSR-05");
  EXPECT_EQ(broken([](auto& r) { ++r.parts[0].count.outgoing; }), "SCH-TSR-04, SCH-TSR-05");
  EXPECT_EQ(broken([](auto& r) { --r.parts[1].count.outgoing; }), "SCH-TSR-08, SCH-TSR-09");
  EXPECT_EQ(broken([](auto& r) { r.parts.pop_back(); }), "SCH-TSR-12, SCH-TSR-43");
  EXPECT_EQ(broken([](auto& r) { r.parts[2].count.outgoing = 1; }), "SCH-TSR-12, SCH-TSR-43");
  EXPECT_EQ(broken([](auto& r) { r.parts[3].keys = r.parts[2].keys; }), "SCH-TSR-10, SCH-EUSR-13");
  EXPECT_EQ(broken([](auto& r) { r.parts[1].keys.pop_back(); }), "SCH-TSR-37, SCH-EUSR-14");
  EXPECT_EQ(broken([](auto& r) { r.parts[1].keys[0].value = "smp.example"; }), "SCH-TSR-19");
  EXPECT_EQ(broken([](auto& r) { r.parts[2].keys[3].value = "se"; }), "SCH-TSR-20, SCH-EUSR-30");
  EXPECT_EQ(broken([](auto& r) { r.parts[1].keys[1].scheme = ""; }), "Key");
  EXPECT_EQ(broken([](auto& r) {
              auto empty = r.parts[2];
              empty.keys[3].value = "DK";
              empty.count = {};
              r.parts.push_back(empty);
            }),
            "Subtotal");
}

TEST(PeppolReports, EndUsersAddUpOrAreNotWritten) {
  const auto broken = [](const std::function<void(EndUserReport&)>& change) {
    return ruleBroken(endUsers(), change);
  };
  EXPECT_EQ(broken([](auto& r) { r.total.either = 8; }), "SCH-EUSR-19, SCH-EUSR-33");
  EXPECT_EQ(broken([](auto& r) { r.total.either = 14; }), "SCH-EUSR-19, SCH-EUSR-33");
  EXPECT_EQ(broken([](auto& r) { r.parts[1].count.either = 8; }), "SCH-EUSR-19, SCH-EUSR-33");
  EXPECT_EQ(broken([](auto& r) { r.parts[1].count = {}; }), "SCH-EUSR-36");
  EXPECT_EQ(broken([](auto& r) { r.parts[1].count = {10, 0, 10}; }), "SCH-EUSR-03, SCH-EUSR-04, SCH-EUSR-22");
  EXPECT_EQ(broken([](auto& r) { r.parts.erase(r.parts.begin()); }), "SCH-EUSR-15, SCH-EUSR-37, SCH-EUSR-39");
  EXPECT_EQ(broken([](auto& r) { r.parts[0].keys[0].value = "ZZ"; }), "SCH-TSR-20, SCH-EUSR-30");
  EXPECT_EQ(broken([](auto& r) { r.parts[0].keys[0].kind = sender_country; }), "SCH-TSR-37, SCH-EUSR-14");
}

TEST(PeppolReports, WhichDocumentsNoReportCounts) {
  const auto id = [](std::string value) { return PeppolId{std::string(peppol_documents), value}; };
  EXPECT_TRUE(isPeppolReport(transactionReportDocument()));
  EXPECT_TRUE(isPeppolReport(endUserReportDocument()));
  for (const auto& each : peppolDocuments()) {
    EXPECT_FALSE(isPeppolReport(id(std::string(each.value)))) << each.name;
    EXPECT_EQ(isMlsDocument(id(std::string(each.value))), each.name == "mls") << each.name;
  }
  EXPECT_FALSE(isPeppolReport({}));
}

TEST(PeppolReports, TheyTravelInEnvelopesAsOtherDocumentsDo) {
  EXPECT_EQ(
      transactionReportDocument().value,
      "urn:fdc:peppol:transaction-statistics-report:1.0::TransactionStatisticsReport##urn:fdc:peppol.eu:"
      "edec:trns:transaction-statistics-reporting:1.0::1.0");
  EXPECT_EQ(endUserReportDocument().value,
            "urn:fdc:peppol:end-user-statistics-report:1.1::EndUserStatisticsReport##urn:fdc:peppol.eu:edec:"
            "trns:end-user-statistics-report:1.1::1.1");
  Sbdh header;
  header.sender = "0242:000001";
  header.receiver = report_receiver;
  header.instance = "0f3a6e55-6a4e-4a57-8a3a-0c6f8f1d2b3c";
  header.createdAt = Instant::atMidnight(Date::of(2026, 12, 2));
  header.process = reportProcess();
  header.senderCountry = "SE";
  for (const bool ofUsers : {false, true}) {
    header.documentType = ofUsers ? endUserReportDocument() : transactionReportDocument();
    const auto text = ofUsers ? writeReport(endUsers()) : writeReport(transactions());
    ASSERT_TRUE(text);
    const auto envelope = writeSbdh(header, *text);
    ASSERT_TRUE(envelope) << envelope.error().detail;
    EXPECT_TRUE(readSbdh(*envelope));
  }
}

TEST(PeppolReports, SeatsAndCountries) {
  for (const auto* seat : {"POP000001", "PSG123456"}) EXPECT_TRUE(isPeppolSeat(seat)) << seat;
  for (const auto* none : {"", "POP00001", "POP0000011", "XOP000001", "Pop000001", "POP00000A", "POPP00001"})
    EXPECT_FALSE(isPeppolSeat(none)) << none;
  for (const auto* country : {"SE", "NO", "GR", "EL", "XI", "XK", "1A"})
    EXPECT_TRUE(isPeppolCountry(country)) << country;
  for (const auto* none : {"", "se", "ZZ", "SWE", "Sverige", "S"})
    EXPECT_FALSE(isPeppolCountry(none)) << none;
}

}  // namespace
}  // namespace postgang::formats
