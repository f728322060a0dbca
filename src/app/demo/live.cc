#include "app/demo/live.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "app/demo/year.h"
#include "base/bytes.h"
#include "base/log.h"
#include "store/documents.h"

namespace postgang::app::demo {

namespace {

constexpr auto turn_time = std::chrono::seconds(1);
constexpr int send_perMille = 280;   // of turns: one every three to four seconds
constexpr int group_perMille = 750;  // of documents: from or to the group
constexpr int open_perMille = 450;   // of documents: opened within minutes
constexpr int opens_turns_least = 8, opens_turns_most = 150;
constexpr int numbers_lookedAt = 50;

std::uint64_t someSeed() {
  std::uint64_t seed = 0;
  for (const char c : randomBytes(8)) seed = seed << 8 | static_cast<unsigned char>(c);
  return seed;
}

bool isGroup(int company) {
  return company < World::group_size;
}

}  // namespace

LiveTraffic::LiveTraffic(House& house, std::uint64_t seed)
    : house_(house), world_(makeWorld(seed)), sender_(world_), random_(someSeed()) {}

Result<std::unique_ptr<LiveTraffic>> LiveTraffic::start(House& house, std::uint64_t seed) {
  std::unique_ptr<LiveTraffic> live(new LiveTraffic(house, seed));
  TRY(live->people_, findPeople(house, live->world_));
  live->thread_ = std::thread([traffic = live.get()] { traffic->run(); });
  return live;
}

LiveTraffic::~LiveTraffic() {
  stop();
}

void LiveTraffic::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LiveTraffic::run() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, turn_time, [&] { return stopping_; })) {
    lock.unlock();
    turn();
    lock.lock();
  }
}

void LiveTraffic::turn() {
  ++turn_;
  openDue();
  if (random_.chance(send_perMille)) sendOne();
}

int LiveTraffic::chooseRelation() {
  const bool group = random_.chance(group_perMille);
  for (;;) {
    const int chosen = random_.below(static_cast<int>(world_.relations.size()));
    const auto& relation = world_.relations[static_cast<std::size_t>(chosen)];
    const bool touches = isGroup(relation.seller) || (!relation.toHousehold && isGroup(relation.buyer));
    if (touches == group) return chosen;
  }
}

// The world's own counter knows nothing of what has been sent since it was made.
void LiveTraffic::catchUpWith(int company) {
  if (!caughtUp_.insert(company).second) return;
  const auto viewer = store::Viewer::ofCompanies({people_.companies[static_cast<std::size_t>(company)]}, {});
  store::EntryQuery query;
  query.direction = store::Direction::sent;
  query.limit = numbers_lookedAt;
  const auto outcome = house_.store().read([&](store::Reader& reader) -> Outcome {
    TRY(const auto page, store::listEntries(reader, viewer, query));
    for (const auto& entry : page.items) {
      std::int64_t number = 0;
      const auto& text = entry.number;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error == std::errc() && end == text.data() + text.size()) sender_.continueAfter(company, number);
    }
    return {};
  });
  if (!outcome)
    log::warning("demo traffic could not read the last numbers", {{"code", outcome.error().code}});
}

void LiveTraffic::sendOne() {
  const int chosen = chooseRelation();
  const auto& relation = world_.relations[static_cast<std::size_t>(chosen)];
  catchUpWith(relation.seller);
  const auto mailing = sender_.invoice(chosen, dateInStockholm(house_.clock().now()));
  const auto accepted = house_.flow().accept(uploadOf(world_, people_, mailing));
  if (!accepted) {
    log::warning("a demo document was not taken", {{"code", accepted.error().code}});
    return;
  }
  if (mailing.mistake == Mistake::none) follow(accepted->documents.front().id, relation);
}

void LiveTraffic::follow(DocumentId document, const Relation& relation) {
  if (relation.toHousehold || !random_.chance(open_perMille)) return;
  if (people_.readers[static_cast<std::size_t>(relation.buyer)].id.empty()) return;
  openings_.push_back(
      {turn_ + random_.between(opens_turns_least, opens_turns_most), document, relation.buyer});
}

void LiveTraffic::openDue() {
  for (auto& opening : openings_) {
    if (opening.at_turn > turn_) continue;
    const auto buyer = static_cast<std::size_t>(opening.company);
    const auto viewer = store::Viewer::ofCompanies({people_.companies[buyer]}, people_.readers[buyer]);
    const auto outcome = house_.flow().opened(viewer, people_.companies[buyer], opening.document, "copy");
    if (!outcome) log::debug("a demo document was not opened", {{"code", outcome.error().code}});
  }
  std::erase_if(openings_, [&](const Opening& opening) { return opening.at_turn <= turn_; });
}

}  // namespace postgang::app::demo
