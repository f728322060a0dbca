#include "app/demo/traffic.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "app/demo/year.h"
#include "base/log.h"
#include "store/documents.h"

namespace postgang::app::demo {

namespace {

constexpr int pause_seconds_least = 3, pause_seconds_most = 9;
constexpr std::size_t unopened_most = 200;                  // older ones are left unopened, as happens
constexpr int open_perMille = 550, correct_perMille = 150;  // of the rounds

std::string worldFile(const std::string& dataFolder) {
  return (std::filesystem::path(dataFolder) / "demo-world").string();
}

std::int64_t numberIn(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

Outcome writeWorldFile(const std::string& dataFolder, const WorldFile& file) {
  std::ofstream out(worldFile(dataFolder));
  out << file.seed << "\n";
  if (out.flush()) return {};
  return fail(ProblemKind::unavailable, "file-unwritable", "The data folder cannot be written to.",
              worldFile(dataFolder));
}

Result<WorldFile> readWorldFile(const std::string& dataFolder) {
  WorldFile file;
  std::ifstream in(worldFile(dataFolder));
  if (in >> file.seed) return file;
  return fail(ProblemKind::invalid, "not-a-demo-world", "There is no demo world in the data folder.",
              dataFolder, "Fill an empty folder with `postgang demo`, or start without --demo-traffic.");
}

LiveTraffic::LiveTraffic(House& house, const WorldFile& file)
    : house_(house),
      world_(makeWorld(file.seed)),
      sender_(world_),
      random_(file.seed ^ static_cast<std::uint64_t>(house.clock().now().microseconds)) {}

LiveTraffic::~LiveTraffic() {
  stop();
}

Outcome LiveTraffic::start() {
  TRY(people_, findPeople(house_, world_));
  thread_ = std::thread([this] { live(); });
  return {};
}

void LiveTraffic::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool LiveTraffic::waitSeconds(int seconds) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, std::chrono::seconds(seconds), [this] { return stopping_; });
  return !stopping_;
}

void LiveTraffic::live() {
  if (const auto gone = numbersGoOn(); !gone) {
    log::error("the demo traffic cannot begin", {{"detail", gone.error().detail}});
    return;
  }
  while (waitSeconds(random_.between(pause_seconds_least, pause_seconds_most))) {
    sendOne();
    if (random_.chance(open_perMille)) openOne();
  }
}

// Every seller's next number is higher than those of its latest documents.
Outcome LiveTraffic::numbersGoOn() {
  return house_.store().read([this](store::Reader& reader) -> Outcome {
    for (std::size_t i = 0; i < world_.companies.size(); ++i) {
      if (!world_.companies[i].customer) continue;
      store::EntryQuery query;
      query.direction = store::Direction::sent;
      query.limit = 100;
      TRY(const auto page,
          store::listEntries(reader, store::Viewer::ofCompanies({people_.companies[i]}, {}), query));
      for (const auto& entry : page.items) sender_.continueAfter(static_cast<int>(i), numberIn(entry.number));
    }
    return {};
  });
}

Mailing LiveTraffic::nextMailing() {
  if (!wrong_.empty() && random_.chance(correct_perMille)) {
    const auto wrong = wrong_.front();
    wrong_.pop_front();
    if (auto mailing = sender_.corrected(wrong.number, wrong.relation)) return std::move(*mailing);
  }
  const int relation = random_.below(static_cast<int>(world_.relations.size()));
  const auto today = dateInStockholm(house_.clock().now());
  if (random_.chance(world_.relations[static_cast<std::size_t>(relation)].credit_perMille))
    if (auto credit = sender_.creditNote(relation, today)) return std::move(*credit);
  return sender_.invoice(relation, today);
}

void LiveTraffic::sendOne() {
  const auto mailing = nextMailing();
  const auto accepted = house_.flow().accept(uploadOf(world_, people_, mailing));
  if (!accepted) {
    log::warning("demo traffic was refused", {{"code", accepted.error().code}});
    return;
  }
  const auto& relation = world_.relations[static_cast<std::size_t>(mailing.relation)];
  if (mailing.mistake != Mistake::none) {
    wrong_.push_back({mailing.relation, mailing.number});
    return;
  }
  const auto buyer = static_cast<std::size_t>(relation.buyer);
  if (relation.toHousehold || !world_.companies[buyer].customer) return;
  unopened_.push_back({buyer, accepted->documents.front().id});
  if (unopened_.size() > unopened_most) unopened_.pop_front();
}

void LiveTraffic::openOne() {
  if (unopened_.size() < 4) return;  // nobody opens at once
  const auto index = random_.below(static_cast<int>(unopened_.size()) - 3);
  const auto delivered = unopened_[static_cast<std::size_t>(index)];
  unopened_.erase(unopened_.begin() + index);
  const auto company = people_.companies[delivered.company];
  const auto viewer = store::Viewer::ofCompanies({company}, people_.readers[delivered.company]);
  const auto opened = house_.flow().opened(viewer, company, delivered.document, "copy");
  if (!opened && opened.error().kind != ProblemKind::not_found)
    log::warning("demo traffic could not open", {{"code", opened.error().code}});
}

}  // namespace postgang::app::demo
