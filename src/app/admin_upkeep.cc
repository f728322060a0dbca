// admin verify, admin rebuild.
#include "store/upkeep.h"

#include <boost/json.hpp>
#include <ostream>

#include "app/commands.h"
#include "app/house.h"
#include "app/words.h"

namespace postgang::app {

namespace {

namespace json = boost::json;

void writeReport(const store::VerifyReport& report, std::ostream& out) {
  for (const auto& damage : report.damages)
    out << sentence("cli.damage", {{"what", damage.what}, {"where", damage.where}, {"detail", damage.detail}})
        << "\n";
  out << sentence("cli.verified", {{"documents", std::to_string(report.documents)},
                                   {"events", std::to_string(report.events)},
                                   {"blobs", std::to_string(report.blobs)},
                                   {"entries", std::to_string(report.entries)},
                                   {"damages", std::to_string(report.damages.size())}})
      << "\n";
}

void writeJson(const store::VerifyReport& report, std::ostream& out) {
  json::array damages;
  for (const auto& damage : report.damages)
    damages.push_back({{"what", damage.what}, {"where", damage.where}, {"detail", damage.detail}});
  out << json::serialize(json::object{{"documents", report.documents},
                                      {"events", report.events},
                                      {"blobs", report.blobs},
                                      {"entries", report.entries},
                                      {"damages", std::move(damages)}})
      << "\n";
}

Result<int> verify(const Settings& settings, Streams& streams) {
  TRY(const auto house, House::open(settings));
  TRY(const auto report, store::verify(house->store()));
  settings.yes("json") ? writeJson(report, streams.out) : writeReport(report, streams.out);
  return report.damages.empty() ? exit_good : exit_refused;
}

Result<int> rebuild(const Settings& settings, Streams& streams) {
  TRY(const auto house, House::open(settings));
  TRY(const auto report, store::rebuild(house->store()));
  if (settings.yes("json"))
    streams.out << json::serialize(json::object{{"documents", report.documents}, {"events", report.events}})
                << "\n";
  else
    streams.out << sentence("cli.rebuilt", {{"documents", std::to_string(report.documents)},
                                            {"events", std::to_string(report.events)}})
                << "\n";
  return exit_good;
}

std::vector<Setting> upkeepSettings() {
  auto settings = dataSettings();
  settings.push_back(flag("json", "", "false"));
  return settings;
}

}  // namespace

Command verifyCommand() {
  return {"admin verify", "", upkeepSettings(), verify};
}
Command rebuildCommand() {
  return {"admin rebuild", "", upkeepSettings(), rebuild};
}

}  // namespace postgang::app
