// What a service provider of Peppol reports to OpenPeppol of each month: how many exchanges there were
// (Transaction Statistics Report 1.0, eDEC BIS 1.0.2) and how many end users had any (End User Statistics
// Report 1.1, eDEC BIS 1.1.1). Written; what is counted, and how, is insight/peppol_statistics.h's.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "formats/peppol_ids.h"

namespace postgang::formats {

struct ReportHead {
  Date from, to;         // days in UTC, both included
  std::string provider;  // the reporter: the common name of its access point's certificate, "POP000001"
};

enum class ReportKeyKind {
  transport,         // "peppol-transport-as4-v2_0"
  provider,          // the other one: "POP000002"
  document,          // with its scheme
  process,           // with its scheme
  sender_country,    // C1, ISO 3166-1 alpha-2; "ZZ" where nobody has said
  receiver_country,  // C4
  end_user_country,  // never "ZZ"
};

struct ReportKey {
  ReportKeyKind kind{};
  std::string value;
  std::string scheme{};  // of document and process alone
  friend auto operator<=>(const ReportKey&, const ReportKey&) = default;
};
using ReportKeys = std::vector<ReportKey>;  // in the order of ReportKeyKind

struct Exchanges {
  std::int64_t incoming = 0, outgoing = 0;
  friend bool operator==(const Exchanges&, const Exchanges&) = default;
};
struct EndUsers {  // distinct ones
  std::int64_t sending = 0, receiving = 0, either = 0;
  friend bool operator==(const EndUsers&, const EndUsers&) = default;
};
template <typename Count>
struct ReportPart {
  ReportKeys keys;
  Count count;
};

struct TransactionReport {
  ReportHead head;
  Exchanges total;
  // By transport; provider, document, process; and of what came in, those with both countries.
  std::vector<ReportPart<Exchanges>> parts;
};
struct EndUserReport {
  ReportHead head;
  EndUsers total;
  // By country; document, country; document, process; document, process, country.
  std::vector<ReportPart<EndUsers>> parts;
};

// What both reports are held to where they are received: the kinds of parts that there must be, each key set
// once, none of them empty, sums and bounds, provider and country of their forms. Code
// peppol-report-malformed (internal: they are counted by ourselves); `where` names the rule.
Outcome checkReport(const TransactionReport& report);
Outcome checkReport(const EndUserReport& report);
Result<std::string> writeReport(const TransactionReport& report);  // code: the same
Result<std::string> writeReport(const EndUserReport& report);

// How a report travels: whose it is, which document types and process.
inline constexpr std::string_view report_receiver = "9925:be0848934496";  // OpenPeppol
PeppolId transactionReportDocument();
PeppolId endUserReportDocument();
PeppolId reportProcess();

bool isPeppolSeat(std::string_view text);  // "POP000001": P, two letters, six digits
// ISO 3166-1 alpha-2, and what Peppol takes beside it: EL, XI, XK, 1A.
bool isPeppolCountry(std::string_view text);

// The reports themselves, which no report counts; and message level statuses, which are between providers and
// so in none of end users (Service Provider Operational Guideline on MLS).
bool isPeppolReport(const PeppolId& document);
bool isMlsDocument(const PeppolId& document);

}  // namespace postgang::formats
