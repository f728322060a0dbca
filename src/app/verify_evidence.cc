// `postgang verify-evidence`: whether a bevispaket is what it says, without any server.
#include <iostream>

#include <boost/json.hpp>

#include "app/command.h"
#include "app/file.h"
#include "flow/verify_evidence.h"

namespace postgang::app {

namespace {

namespace json = boost::json;

std::vector<Setting> settings() {
  return {{"head", "", "the head that the chain must end in, as the portal or the other party has it", "HEX"},
          jsonSetting()};
}

void print(const flow::EvidenceReport& report, bool headFits) {
  std::cout << "document " << report.document << "  number " << report.number << "\nhead     " << report.head
            << "\n";
  for (const auto& check : report.checks)
    std::cout << (check.good ? "  good  " : "  BAD   ") << check.what << ": " << check.detail << "\n";
  if (!headFits) std::cout << "  BAD   head: the chain ends in another head than the one given\n";
  std::cout << (report.good() && headFits ? "The package is whole.\n" : "The package was changed.\n");
}

void printJson(const flow::EvidenceReport& report, bool headFits) {
  json::array checks;
  for (const auto& check : report.checks)
    checks.push_back({{"what", check.what}, {"good", check.good}, {"detail", check.detail}});
  std::cout << json::serialize(json::object{{"document", report.document},
                                            {"number", report.number},
                                            {"head", report.head},
                                            {"headFits", headFits},
                                            {"good", report.good() && headFits},
                                            {"checks", std::move(checks)}})
            << "\n";
}

Result<int> run(const Settings& settings) {
  if (settings.positional().size() != 1) return wrongUse("One ZIP is verified at a time.");
  TRY(const auto zip, readFile(settings.positional().front()));
  TRY(const auto report, flow::verifyEvidence(zip));
  const bool headFits = !settings.isSet("head") || settings.text("head") == report.head;
  settings.yes("json") ? printJson(report, headFits) : print(report, headFits);
  return report.good() && headFits ? 0 : 1;
}

}  // namespace

const Command verify_evidence_command{"verify-evidence", "[--head HEX] [--json] ZIP",
                                      "whether a package of evidence is whole; needs no server", settings,
                                      run};

}  // namespace postgang::app
