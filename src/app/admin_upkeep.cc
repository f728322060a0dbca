// `postgang admin verify` and `postgang admin rebuild`.
#include <iostream>

#include "app/command.h"
#include "app/house.h"
#include "base/json_text.h"
#include "store/upkeep.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  auto all = dataSettings();
  all.push_back(jsonSetting());
  return all;
}

std::string json(const store::VerifyReport& report) {
  std::string out =
      "{\"documents\":" + std::to_string(report.documents) + ",\"events\":" + std::to_string(report.events) +
      ",\"blobs\":" + std::to_string(report.blobs) + ",\"entries\":" + std::to_string(report.entries) +
      ",\"erased\":" + std::to_string(report.erased) +
      ",\"auditEntries\":" + std::to_string(report.auditEntries) + ",\"damages\":[";
  for (const auto& damage : report.damages) {
    if (out.back() != '[') out += ",";
    out += "{\"what\":";
    appendJsonString(out, damage.what);
    out += ",\"where\":";
    appendJsonString(out, damage.where);
    out += ",\"detail\":";
    appendJsonString(out, damage.detail);
    out += "}";
  }
  return out + "]}";
}

std::string json(const std::vector<DocumentId>& documents) {
  std::string out = "[";
  for (const auto id : documents) out += (out.size() > 1 ? ",\"" : "\"") + id.text() + "\"";
  return out + "]";
}

Result<int> verify(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto house, House::open(settings));
  TRY(const auto report, store::verify(house->store()));
  if (settings.yes("json")) {
    std::cout << json(report) << "\n";
  } else {
    for (const auto& damage : report.damages)
      std::cout << damage.what << "  " << damage.where << "  " << damage.detail << "\n";
    std::cout << report.documents << " documents, " << report.events << " events, " << report.blobs
              << " files, " << report.entries << " entries, "
              << (report.erased > 0 ? std::to_string(report.erased) + " erased by retention, " : "")
              << report.auditEntries << " rows of audit trail: "
              << (report.damages.empty() ? "whole" : std::to_string(report.damages.size()) + " damaged")
              << "\n";
  }
  return report.damages.empty() ? 0 : 1;
}

Result<int> rebuild(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto house, House::open(settings));
  TRY(const auto report, store::rebuild(house->store()));
  if (settings.yes("json"))
    std::cout << "{\"documents\":" << report.documents << ",\"events\":" << report.events
              << ",\"erased\":" << report.erased << ",\"incomplete\":" << json(report.incomplete)
              << ",\"unknown\":" << json(report.unknown) << "}\n";
  else
    std::cout << report.documents << " documents were made again from " << report.events << " events\n";
  if (settings.yes("json")) return 0;
  for (const auto id : report.incomplete)
    std::cout << id.text() << "  some of its events are erased or damaged: its rows say less\n";
  for (const auto id : report.unknown)
    std::cout << id.text() << "  whose it is cannot be read: it has no rows\n";
  return 0;
}

}  // namespace

const Command verify_command{"admin verify", "--data DIR [--json]",
                             "walks all hash chains, files, counts and audit trails; says what is damaged",
                             settings, verify};
const Command rebuild_command{"admin rebuild", "--data DIR [--json]", "makes every row again from events",
                              settings, rebuild};

}  // namespace postgang::app
