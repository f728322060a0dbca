// A house with a root for receivers' folders, and a buyer who chooses how it takes its documents.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <vector>

#include "base/bytes.h"
#include "channels/handover.h"
#include "flow/handover_watch.h"
#include "flow/handovers.h"
#include "flow/watched_folders.h"
#include "store/handovers.h"
#include "store/watched_folders.h"
#include "tests/flow/house.h"

namespace postgang::flow {

class Handed : public House {
 protected:
  Handed() {
    rules_.root = folder_ + "/root";
    std::filesystem::create_directory(rules_.root);
    restart();
  }
  ~Handed() override { flow_.reset(); }
  void restart() {
    flow_.reset();
    channels_ = channels::allChannels({.handover = rules_});
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, channels_, settings_);
  }

  void choose(std::string_view settings, std::string_view kind = "default") {
    const auto chosen = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      store::HandoverSetting setting;
      setting.kind = kind;
      setting.settings = settings;
      setting.changedAt = clock_.now();
      setting.version = versions_;
      CHECK_OK(store::setHandoverSetting(tx, granberga_, setting));
      return store::enqueue(tx, handoverWatchJob(granberga_, clock_.now()));
    });
    ASSERT_TRUE(chosen) << chosen.error().detail;
    if (kind == "default") ++versions_;
  }
  DocumentId sent(const std::string& number) {
    Sample sample;
    sample.number = number;
    const auto id = send(sample);
    walk();
    return id;
  }
  void pass(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }
  std::string inFolder() const { return rules_.root + "/0007_5599900023/in"; }
  static std::vector<std::string> files(const std::string& folder) {
    std::vector<std::string> names;
    if (!std::filesystem::is_directory(folder)) return names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
      if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
  }
  store::DeliveryFact last(DocumentId id, store::EventType type) {
    store::DeliveryFact found;
    int count = 0;
    for (const auto& event : eventsOf(id))
      if (event.type == type) {
        found = std::get<store::DeliveryFact>(event.fact);
        ++count;
      }
    EXPECT_GE(count, 1) << document::name(type);
    return found;
  }
  int count(DocumentId id, store::EventType type) {
    int found = 0;
    for (const auto& event : eventsOf(id)) found += event.type == type ? 1 : 0;
    return found;
  }
  std::vector<store::WaitingHandover> waiting() {
    std::vector<store::WaitingHandover> found;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::waitingHandovers(reader, granberga_, {}, 100));
      return {};
    });
    EXPECT_TRUE(read) << read.error().detail;
    return found;
  }
  Result<HandoverAnswered> answer(DocumentId id, const std::optional<std::string>& refusal = {}) {
    const auto viewer = store::Viewer::ofCompanies({granberga_}, {store::ActorKind::key, "0193-erp", "ERP"});
    return answerHandover(*store_, clock_, ids_, viewer, granberga_, id, refusal);
  }

  channels::HandoverRules rules_;
  std::int64_t versions_ = 0;
};

}  // namespace postgang::flow
