// `postgang admin peppol-report`: what a service provider of Peppol reports each month, as XML.
#include <iostream>

#include "app/command.h"
#include "app/file.h"
#include "app/house.h"
#include "channels/peppol.h"
#include "formats/sbdh.h"
#include "insight/peppol_statistics.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  auto all = dataSettings();
  all.push_back({"month", "", "in UTC", "2026-11"});
  all.push_back({"kind", "", "tsr, the exchanges, or eusr, the end users", "KIND"});
  all.push_back(
      {"provider", "", "the reporter: the common name of the access point's certificate", "POP000000"});
  all.push_back(
      {"country", "", "the reporter's, and its end users' where an exchange does not say it", "SE"});
  all.push_back(
      {"envelope", "false", "in an envelope (SBDH) to OpenPeppol, as an access point sends it", ""});
  all.push_back({"output", "-", "where to write it; - is standard output", "FILE"});
  return all;
}

Result<insight::ReportMonth> monthIn(const Settings& settings) {
  TRY(const auto text, needed(settings, "month"));
  const auto first = Date::parse(text + "-01");
  if (!first || text.size() != 7 || first->year() < 2000)
    return wrongUse("\"" + text + "\" is no month like 2026-11.", "--month");
  return insight::ReportMonth{first->year(), first->month()};
}

// The report is written all the same; what it lacks is said beside it.
int sayWhatIsLacking(const insight::LeftOut& leftOut, bool isOver) {
  if (!isOver) std::cerr << "postgang: the month is not over in UTC: this is what there is so far.\n";
  if (leftOut.exchanges > 0)
    std::cerr << "postgang: " << leftOut.exchanges
              << " exchanges are left out, of another reporter or of an unknown access point, document type "
                 "or process; the first is "
              << leftOut.first << ".\n";
  return isOver && leftOut.exchanges == 0 ? 0 : 1;
}

Result<std::string> enveloped(House& house, std::string_view report, formats::PeppolId document,
                              const std::string& provider, const std::string& country) {
  formats::Sbdh header;
  header.sender = channels::serviceProviderOf(provider);
  if (header.sender.empty())
    return fail(ProblemKind::invalid, "provider-without-participant",
                "\"" + provider + "\" has no participant in Peppol that is known here.", "--provider",
                "Make the envelope yourself, or leave out --envelope.");
  header.receiver = formats::report_receiver;
  header.instance = house.ids().next().text();
  header.createdAt = house.clock().now();
  header.documentType = std::move(document);
  header.process = formats::reportProcess();
  header.senderCountry = country;
  return formats::writeSbdh(header, report);
}

formats::PeppolId documentOf(const formats::TransactionReport&) {
  return formats::transactionReportDocument();
}
formats::PeppolId documentOf(const formats::EndUserReport&) {
  return formats::endUserReportDocument();
}

template <typename Count>
Result<int> writeCount(House& house, const Settings& settings, const insight::ReportMonth& month,
                       const std::string& provider, const std::string& country) {
  const auto head = month.head(provider);
  Count count(head, country);
  CHECK_OK(
      house.store().read([&](store::Reader& reader) { return insight::countMonth(reader, month, count); }));
  const auto report = count.report();
  TRY(auto text, formats::writeReport(report));
  if (settings.yes("envelope")) {
    TRY(text, enveloped(house, text, documentOf(report), provider, country));
  }
  CHECK_OK(writeFile(settings.text("output"), text));
  return sayWhatIsLacking(count.leftOut(), head.to < house.clock().now().dateUtc());
}

Result<int> run(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto month, monthIn(settings));
  TRY(const auto kind, needed(settings, "kind"));
  if (kind != "tsr" && kind != "eusr") return wrongUse("--kind is tsr or eusr.", "--kind");
  TRY(const auto provider, needed(settings, "provider"));
  if (!formats::isPeppolSeat(provider))
    return wrongUse("\"" + provider + "\" is no service provider like POP000000.", "--provider");
  TRY(const auto country, needed(settings, "country"));
  if (!formats::isPeppolCountry(country))
    return wrongUse("\"" + country + "\" is no country like SE.", "--country");
  TRY(const auto house, House::open(settings));
  return kind == "tsr" ? writeCount<insight::TransactionCount>(*house, settings, month, provider, country)
                       : writeCount<insight::EndUserCount>(*house, settings, month, provider, country);
}

}  // namespace

const Command peppol_report_command{
    "admin peppol-report",
    "--data DIR --month 2026-11 --kind tsr|eusr --provider POP000000 --country SE [--envelope] "
    "[--output FILE]",
    "writes one of the two reports that Peppol's service providers send each month", settings, run};

}  // namespace postgang::app
