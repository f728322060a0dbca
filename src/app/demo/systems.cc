#include "app/demo/systems.h"

#include <filesystem>

#include "base/log.h"
#include "channels/system.h"
#include "flow/handover_watch.h"
#include "flow/handovers.h"
#include "store/handovers.h"
#include "store/sql/session.h"

namespace postgang::app::demo {

namespace {

constexpr std::string_view folder = "in/fakturor";

std::string settingsOf(OwnSystem system) {
  switch (system) {
    case OwnSystem::none:
      return R"({"way":"inbox"})";
    case OwnSystem::prompt:
      return R"({"way":"api","hours":24})";
    case OwnSystem::late:
      return R"({"way":"api","hours":12})";
    case OwnSystem::folder:
      return R"({"way":"folder","copy":true,"hours":24,"address":")" + std::string(folder) + R"("})";
  }
  return {};
}

}  // namespace

void Systems::standIn(const std::string& dataFolder, channels::HandoverRules& rules) {
  if (!rules.root.empty()) return;
  std::error_code failed;
  const auto root = std::filesystem::absolute(dataFolder).lexically_normal() / "handover";
  std::filesystem::create_directories(root, failed);
  const auto whole = std::filesystem::canonical(root, failed).string();
  if (!failed && net::FileDrop::at({.url = "file://" + whole, .keyFile = {}, .hostKeys = {}}))
    rules.root = whole;
  else
    log::warning("the demo world has no folders for receivers' systems here", {{"folder", root.string()}});
}

const channels::HandoverRules& Systems::rules() const {
  return dynamic_cast<const channels::System&>(*house_.flow().channels().find("system")).rules();
}

Outcome Systems::connect(int company) {
  const auto index = static_cast<std::size_t>(company);
  const auto& own = world_.companies[index];
  const auto handover = channels::handoverFromJson(settingsOf(own.system), rules());
  if (!handover) {
    log::warning("a system of the demo world is not connected",
                 {{"company", own.name}, {"code", handover.error().code}});
    return {};
  }
  return house_.store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    const auto now = tx.clock().now();
    store::HandoverSetting setting;
    setting.kind = channels::default_kind;
    setting.settings = channels::handoverToJson(*handover);
    setting.changedAt = now;
    setting.changedBy = people_.readers[index].name;
    CHECK_OK(store::setHandoverSetting(tx, people_.companies[index], setting));
    return store::enqueue(tx, flow::handoverWatchJob(people_.companies[index], now));
  });
}

Outcome Systems::confirm(int company, DocumentId document, const std::optional<std::string>& refusal) {
  const auto index = static_cast<std::size_t>(company);
  const bool isProgram = !people_.programs[index].id.empty();
  const auto viewer = store::Viewer::ofCompanies(
      {people_.companies[index]}, isProgram ? people_.programs[index] : people_.readers[index]);
  if (isProgram) {
    const auto fetched = house_.flow().fetched(viewer, people_.companies[index], document, "original");
    if (!fetched && fetched.error().kind != ProblemKind::not_found) return fetched;
  }
  const auto answered = flow::answerHandover(house_.store(), house_.clock(), house_.ids(), viewer,
                                             people_.companies[index], document, refusal);
  if (answered) return {};
  const auto kind = answered.error().kind;
  if (kind == ProblemKind::conflict || kind == ProblemKind::not_found) return {};
  return fail(answered.error());
}

Outcome Systems::emptyFolder(int company) {
  if (rules().root.empty()) return {};
  const auto& own = world_.companies[static_cast<std::size_t>(company)];
  TRY(const auto drop, channels::openHandoverDrop(rules(), own.identifier(), folder, {}));
  TRY(const auto files, drop.list(""));
  for (const auto& file : files) CHECK_OK(drop.remove("", file));
  return {};
}

}  // namespace postgang::app::demo
