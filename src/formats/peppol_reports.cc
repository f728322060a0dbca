#include "formats/peppol_reports.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>

#include "document/countries.h"
#include "xml/writer.h"

namespace postgang::formats {
namespace {

using enum ReportKeyKind;

constexpr std::string_view transaction_uri = "urn:fdc:peppol:transaction-statistics-report:1.0",
                           end_user_uri = "urn:fdc:peppol:end-user-statistics-report:1.1";
constexpr std::string_view transaction_customization =
    "urn:fdc:peppol.eu:edec:trns:transaction-statistics-reporting:1.0";
constexpr std::string_view end_user_customization =
    "urn:fdc:peppol.eu:edec:trns:end-user-statistics-report:1.1";
constexpr std::string_view profile = "urn:fdc:peppol.eu:edec:bis:reporting:1.0";
constexpr std::string_view seat_scheme = "CertSubjectCN";

// A part's @type follows from its keys.
struct PartKind {
  std::string_view name;
  std::vector<ReportKeyKind> keys;
};
const std::array<PartKind, 3> transaction_parts = {
    PartKind{"PerTP", {transport}}, PartKind{"PerSP-DT-PR", {provider, document, process}},
    PartKind{"PerSP-DT-PR-CC", {provider, document, process, sender_country, receiver_country}}};
const std::array<PartKind, 4> end_user_parts = {
    PartKind{"PerEUC", {end_user_country}}, PartKind{"PerDT-EUC", {document, end_user_country}},
    PartKind{"PerDT-PR", {document, process}},
    PartKind{"PerDT-PR-EUC", {document, process, end_user_country}}};

struct KeyName {
  std::string_view meta, scheme;  // scheme: "" where the key has its own
};
KeyName nameOf(ReportKeyKind kind) {
  switch (kind) {
    case transport:
      return {"TP", "Peppol"};
    case provider:
      return {"SP", seat_scheme};
    case document:
      return {"DT", ""};
    case process:
      return {"PR", ""};
    case sender_country:
      return {"CC", "SenderCountry"};
    case receiver_country:
      return {"CC", "ReceiverCountry"};
    case end_user_country:
      return {"CC", "EndUserCountry"};
  }
  return {};
}

template <std::size_t count>
std::optional<std::size_t> kindOf(const std::array<PartKind, count>& kinds, const ReportKeys& keys) {
  for (std::size_t i = 0; i < count; ++i)
    if (std::ranges::equal(kinds[i].keys, keys, {}, {}, &ReportKey::kind)) return i;
  return std::nullopt;
}

tl::unexpected<Problem> malformed(std::string_view rule, std::string_view why) {
  return fail(ProblemKind::internal, "peppol-report-malformed", "The report " + std::string(why) + ".",
              std::string(rule));
}

Outcome checkKey(const ReportKey& key) {
  const bool ownScheme = nameOf(key.kind).scheme.empty();
  if (key.value.empty() || ownScheme == key.scheme.empty())
    return malformed("Key", "has a key without value");
  if (key.kind == provider && !isPeppolSeat(key.value))
    return malformed("SCH-TSR-19", "names a provider that is none");
  const bool mayBeUnknown = key.kind == sender_country || key.kind == receiver_country;
  if (nameOf(key.kind).meta == "CC" && !isPeppolCountry(key.value) && !(mayBeUnknown && key.value == "ZZ"))
    return malformed("SCH-TSR-20, SCH-EUSR-30", "names a country that is none");
  return {};
}

Outcome checkHead(const ReportHead& head) {
  if (head.to < head.from) return malformed("SCH-TSR-42, SCH-EUSR-18", "ends before it begins");
  if (!isPeppolSeat(head.provider)) return malformed("SCH-TSR-18, SCH-EUSR-08", "names no reporter");
  return {};
}

// Every part is of one of the kinds, and no two have the same keys.
template <std::size_t count, typename Count>
Outcome checkKeys(const std::array<PartKind, count>& kinds, const std::vector<ReportPart<Count>>& parts) {
  std::set<ReportKeys> seen;
  for (const auto& part : parts) {
    if (!kindOf(kinds, part.keys)) return malformed("SCH-TSR-37, SCH-EUSR-14", "has a part of no kind");
    if (!seen.insert(part.keys).second) return malformed("SCH-TSR-10, SCH-EUSR-13", "has a part twice");
    for (const auto& key : part.keys) CHECK_OK(checkKey(key));
  }
  return {};
}

Outcome checkUsers(const EndUsers& users) {
  if (users.sending < 0 || users.receiving < 0 || users.either < std::max(users.sending, users.receiving) ||
      users.either > users.sending + users.receiving)
    return malformed("SCH-EUSR-19, SCH-EUSR-33", "has end users that do not add up");
  return {};
}

// --- Writing

void writeHead(xml::Writer& writer, std::string_view customization, const ReportHead& head) {
  writer.leaf("CustomizationID", customization).leaf("ProfileID", profile);
  writer.open("Header").open("ReportPeriod");
  writer.leaf("StartDate", head.from.text()).leaf("EndDate", head.to.text()).close();
  writer.open("ReporterID").attribute("schemeID", seat_scheme).text(head.provider).close().close();
}

void writeKeys(xml::Writer& writer, const ReportKeys& keys) {
  for (const auto& key : keys) {
    const auto [meta, scheme] = nameOf(key.kind);
    writer.open("Key").attribute("metaSchemeID", meta);
    writer.attribute("schemeID", scheme.empty() ? std::string_view(key.scheme) : scheme);
    writer.text(key.value).close();
  }
}

void writeCount(xml::Writer& writer, const Exchanges& count) {
  writer.leaf("Incoming", std::to_string(count.incoming)).leaf("Outgoing", std::to_string(count.outgoing));
}

void writeCount(xml::Writer& writer, const EndUsers& count) {
  writer.leaf("SendingEndUsers", std::to_string(count.sending));
  writer.leaf("ReceivingEndUsers", std::to_string(count.receiving));
  writer.leaf("SendingOrReceivingEndUsers", std::to_string(count.either));
}

template <std::size_t count, typename Report>
void writeBody(xml::Writer& writer, const std::array<PartKind, count>& kinds, const Report& report,
               std::string_view total, std::string_view element) {
  writer.open(total);
  writeCount(writer, report.total);
  writer.close();
  for (const auto& part : report.parts) {
    writer.open(element).attribute("type", kinds[*kindOf(kinds, part.keys)].name);
    writeKeys(writer, part.keys);
    writeCount(writer, part.count);
    writer.close();
  }
}

}  // namespace

Outcome checkReport(const TransactionReport& report) {
  CHECK_OK(checkHead(report.head));
  CHECK_OK(checkKeys(transaction_parts, report.parts));
  std::array<Exchanges, transaction_parts.size()> sums;
  for (const auto& [keys, count] : report.parts) {
    if (count.incoming < 0 || count.outgoing < 0 || count == Exchanges{})
      return malformed("Subtotal", "has a part that counts nothing");
    auto& sum = sums[*kindOf(transaction_parts, keys)];
    sum.incoming += count.incoming;
    sum.outgoing += count.outgoing;
  }
  const auto& [transports, documents, countries] = sums;
  if (transports != report.total) return malformed("SCH-TSR-04, SCH-TSR-05", "does not add up by transport");
  if (documents != report.total) return malformed("SCH-TSR-08, SCH-TSR-09", "does not add up by document");
  if (countries != Exchanges{report.total.incoming, 0})
    return malformed("SCH-TSR-12, SCH-TSR-43", "does not add up by country");
  return {};
}

Outcome checkReport(const EndUserReport& report) {
  CHECK_OK(checkHead(report.head));
  CHECK_OK(checkKeys(end_user_parts, report.parts));
  CHECK_OK(checkUsers(report.total));
  std::array<bool, end_user_parts.size()> there{};
  for (const auto& [keys, count] : report.parts) {
    CHECK_OK(checkUsers(count));
    if (count.either == 0) return malformed("SCH-EUSR-36", "has a part without end users");
    if (count.sending > report.total.sending || count.receiving > report.total.receiving ||
        count.either > report.total.either)
      return malformed("SCH-EUSR-03, SCH-EUSR-04, SCH-EUSR-22", "has a part that is more than all");
    there[*kindOf(end_user_parts, keys)] = true;
  }
  if (report.total.either > 0 && !std::ranges::all_of(there, std::identity()))
    return malformed("SCH-EUSR-15, SCH-EUSR-37, SCH-EUSR-39", "lacks a kind of part");
  return {};
}

Result<std::string> writeReport(const TransactionReport& report) {
  CHECK_OK(checkReport(report));
  xml::Writer writer({.indent = 2});
  writer.open("TransactionStatisticsReport").declare("", transaction_uri);
  writeHead(writer, transaction_customization, report.head);
  writeBody(writer, transaction_parts, report, "Total", "Subtotal");
  return writer.finish();
}

Result<std::string> writeReport(const EndUserReport& report) {
  CHECK_OK(checkReport(report));
  xml::Writer writer({.indent = 2});
  writer.open("EndUserStatisticsReport").declare("", end_user_uri);
  writeHead(writer, end_user_customization, report.head);
  writeBody(writer, end_user_parts, report, "FullSet", "Subset");
  return writer.finish();
}

PeppolId transactionReportDocument() {
  return {std::string(peppol_documents), std::string(transaction_uri) + "::TransactionStatisticsReport##" +
                                             std::string(transaction_customization) + "::1.0"};
}

PeppolId endUserReportDocument() {
  return {std::string(peppol_documents), std::string(end_user_uri) + "::EndUserStatisticsReport##" +
                                             std::string(end_user_customization) + "::1.1"};
}

PeppolId reportProcess() {
  return {std::string(peppol_processes), std::string(profile)};
}

bool isPeppolSeat(std::string_view text) {
  const auto isLetter = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() == 9 && text[0] == 'P' && std::ranges::all_of(text.substr(1, 2), isLetter) &&
         std::ranges::all_of(text.substr(3), isDigit);
}

bool isPeppolCountry(std::string_view text) {
  if (text == "EL" || text == "XI" || text == "XK" || text == "1A") return true;
  const auto country = text.size() == 2 ? document::findCountry(text) : std::nullopt;
  return country && country->code == text;
}

bool isPeppolReport(const PeppolId& document) {
  const auto type = peppolDocumentType(document.value);
  return type && (type->rootNamespace.starts_with("urn:fdc:peppol:transaction-statistics-report:") ||
                  type->rootNamespace.starts_with("urn:fdc:peppol:end-user-statistics-report:"));
}

bool isMlsDocument(const PeppolId& document) {
  const auto type = peppolDocumentType(document.value);
  return type && type->customization.starts_with("urn:peppol:edec:mls:");
}

}  // namespace postgang::formats
