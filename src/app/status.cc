// `postgang status`: where a document stands and what has happened to it.
#include <iostream>

#include <boost/json/serialize.hpp>

#include "app/command.h"
#include "app/remote.h"
#include "base/id.h"

namespace postgang::app {

namespace {

namespace json = boost::json;

std::vector<Setting> settings() {
  auto all = remoteSettings();
  all.push_back(jsonSetting());
  return all;
}

void print(const json::value& document, const json::value& events) {
  std::cout << textIn(document, "id") << "  " << textIn(document, "status") << "  "
            << textIn(document, "number") << "\n";
  const auto* items = events.get_object().if_contains("items");
  if (!items || !items->is_array()) return;
  for (const auto& event : items->get_array())
    std::cout << "  " << textIn(event, "at") << "  " << textIn(event, "type") << "\n";
}

Result<int> run(const Settings& settings) {
  if (settings.positional().size() != 1) return wrongUse("One ID is asked for at a time.");
  const auto id = DocumentId::parse(settings.positional().front());
  if (!id) return wrongUse("\"" + settings.positional().front() + "\" is no document's id.");
  TRY(const auto remote, Remote::from(settings));
  const auto path = "/api/v1/documents/" + id->text();
  TRY(const auto document, remote.call({}, path));
  if (settings.yes("json")) {
    std::cout << json::serialize(document) << "\n";
    return 0;
  }
  TRY(const auto events, remote.call({}, path + "/events"));
  print(document, events);
  return 0;
}

}  // namespace

const Command status_command{"status", "[--json] ID", "where a document stands (POSTGANG_URL, POSTGANG_KEY)",
                             settings, run};

}  // namespace postgang::app
