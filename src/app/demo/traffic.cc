#include "app/demo/traffic.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "app/demo/slips.h"
#include "app/demo/uploads.h"
#include "base/log.h"
#include "store/documents.h"

namespace postgang::app::demo {

namespace {

constexpr int pause_seconds_least = 3, pause_seconds_most = 9;
constexpr std::size_t unopened_most = 200;                  // older ones are left unopened, as happens
constexpr int open_perMille = 550, correct_perMille = 150;  // of the rounds
constexpr int slip_perMille = 25;                           // about one in four minutes
constexpr int visited_perMille = 120;    // of the slips: sent by a company where somebody can sign in
constexpr int household_perMille = 120;  // so that mails and letters are seen to leave
constexpr int errand_perMille = 20;      // of the rounds: somebody does something by themselves
constexpr std::size_t deeds_max = 200, visits_max = 500, errands_max = 1'000;
constexpr std::int64_t print_seconds = 60;  // between two looks of the print house
constexpr std::int64_t walked_seconds = 5;  // by then it stands where it stands

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

LiveTraffic::LiveTraffic(House& house, Outside outside, const WorldFile& file)
    : house_(house),
      outside_(std::move(outside)),
      office_(outside_.office),
      world_(makeWorld(file.seed)),
      sender_(world_, dateInStockholm(house.clock().now())),
      random_(file.seed ^ static_cast<std::uint64_t>(house.clock().now().microseconds)),
      customs_(world_, random_.of(1), true),
      recipients_(house, office_, random_.of(2), true),
      errands_(house, outside_, world_, people_, random_.of(3), true) {
  for (std::size_t i = 0; i < world_.relations.size(); ++i) {
    const auto& relation = world_.relations[i];
    if (!relation.toHousehold && !relation.inbound &&
        std::ranges::find(world_.strict, relation.buyer) != world_.strict.end())
      strict_.push_back(static_cast<int>(i));
    if (relation.toHousehold) households_.push_back(static_cast<int>(i));
  }
}

LiveTraffic::~LiveTraffic() {
  stop();
}

Outcome LiveTraffic::start() {
  TRY(people_, findPeople(house_, world_));
  clerks_.emplace(house_, people_);
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
    seeToWaiting();
    doWhatIsDue();
    seeToMail();
    doErrands();
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

// An invoice that its receiver's filter will stop.
std::optional<Mailing> LiveTraffic::slip() {
  const bool visited = random_.chance(visited_perMille);
  for (int tries = 0; tries < 20; ++tries) {
    const int relation = random_.pick(strict_);
    const auto& chosen = world_.relations[static_cast<std::size_t>(relation)];
    if (isSignIn(static_cast<std::size_t>(chosen.seller)) != visited) continue;
    const auto ways = usualSlips(world_.companies[static_cast<std::size_t>(chosen.buyer)].demands);
    if (ways.empty()) continue;
    return sender_.invoice(relation, dateInStockholm(house_.clock().now()), random_.pick(ways));
  }
  return std::nullopt;
}

Mailing LiveTraffic::nextMailing() {
  if (random_.chance(slip_perMille))
    if (auto mailing = slip()) return std::move(*mailing);
  if (!wrong_.empty() && random_.chance(correct_perMille)) {
    const auto wrong = wrong_.front();
    wrong_.pop_front();
    if (auto mailing = sender_.corrected(wrong.number, wrong.relation)) return std::move(*mailing);
  }
  int relation = random_.below(static_cast<int>(world_.relations.size()));
  if (random_.chance(household_perMille)) relation = random_.pick(households_);
  // What suppliers that are no customers send comes by Peppol, or when somebody hands it in.
  const auto waitsForSomebody = [&] {
    const auto& chosen = world_.relations[static_cast<std::size_t>(relation)];
    return chosen.inbound && !errands_.sendsByPeppol(chosen);
  };
  while (waitsForSomebody()) relation = random_.below(static_cast<int>(world_.relations.size()));
  const auto today = dateInStockholm(house_.clock().now());
  if (random_.chance(world_.relations[static_cast<std::size_t>(relation)].credit_perMille))
    if (auto credit = sender_.creditNote(relation, today)) return std::move(*credit);
  return sender_.invoice(relation, today);
}

Result<DocumentId> LiveTraffic::handOver(const Mailing& mailing) {
  if (errands_.comesByPeppol(mailing)) return errands_.bring(mailing);
  TRY(const auto accepted, house_.flow().accept(uploadOf(world_, people_, mailing)));
  return accepted.documents.front().id;
}

void LiveTraffic::sendOne() {
  const auto mailing = nextMailing();
  const auto accepted = handOver(mailing);
  if (!accepted) {
    log::warning("demo traffic was refused", {{"code", accepted.error().code}});
    return;
  }
  const auto& relation = world_.relations[static_cast<std::size_t>(mailing.relation)];
  if (mailing.mistake != Mistake::none && !isSlip(mailing.mistake)) {
    wrong_.push_back({mailing.relation, mailing.number});
    return;
  }
  const auto buyer = static_cast<std::size_t>(relation.buyer);
  if (relation.toHousehold || !world_.companies[buyer].customer) return;
  const auto document = *accepted;
  if (document == DocumentId{}) return;
  if (std::ranges::find(world_.strict, relation.buyer) != world_.strict.end())
    waiting_.push_back({mailing, document, house_.clock().now()});
  else
    arrived(buyer, document);
}

void LiveTraffic::arrived(std::size_t buyer, DocumentId document) {
  errands_.afterArrival(static_cast<int>(buyer), document, house_.clock().now());
  unopened_.push_back({buyer, document});
  if (unopened_.size() > unopened_most) unopened_.pop_front();
}

// Those that have been judged by now: some have arrived, some are stopped.
void LiveTraffic::seeToWaiting() {
  const auto now = house_.clock().now();
  while (!waiting_.empty() && waiting_.front().sentAt.plusSeconds(walked_seconds) <= now) {
    const auto one = std::move(waiting_.front());
    waiting_.pop_front();
    const auto status = clerks_->statusOf(one.document);
    if (!status) continue;
    if (hasArrived(*status)) {
      const auto& relation = world_.relations[static_cast<std::size_t>(one.mailing.relation)];
      arrived(static_cast<std::size_t>(relation.buyer), one.document);
    }
    for (auto& planned : customs_.after(one.mailing, one.document, *status, now))
      if (deeds_.size() < deeds_max) deeds_.push_back(std::move(planned));
  }
}

void LiveTraffic::doWhatIsDue() {
  const auto now = house_.clock().now();
  const auto due = std::ranges::stable_partition(deeds_, [&](const auto& deed) { return deed.at > now; });
  for (const auto& planned : due)
    if (const auto done = clerks_->act(planned.deed); !done)
      log::warning("demo traffic could not put right", {{"code", done.error().code}});
  deeds_.erase(due.begin(), due.end());
}

// Recipients of Smartmails, and the print house.
void LiveTraffic::seeToMail() {
  const auto now = house_.clock().now();
  auto coming = recipients_.afterMails(now);
  if (!coming) log::warning("demo traffic could not look at its mail", {{"code", coming.error().code}});
  if (coming)
    for (auto& visit : *coming)
      if (visits_.size() < visits_max) visits_.push_back(std::move(visit));
  const auto due = std::ranges::stable_partition(visits_, [&](const auto& visit) { return visit.at > now; });
  for (const auto& visit : due)
    if (const auto done = recipients_.visit(visit); !done)
      log::warning("demo traffic could not open", {{"code", done.error().code}});
  visits_.erase(due.begin(), due.end());
  if (now < printedAt_.plusSeconds(print_seconds)) return;
  printedAt_ = now;
  if (const auto round = office_->printRound(now); !round)
    log::warning("the demo world's print house stands still", {{"code", round.error().code}});
}

void LiveTraffic::doErrands() {
  const auto now = house_.clock().now();
  if (random_.chance(errand_perMille)) errands_.somebody(now);
  errands_.afterFlow(now);
  for (auto& errand : errands_.planned())
    if (toDo_.size() < errands_max) toDo_.push_back(std::move(errand));
  const auto due = std::ranges::stable_partition(toDo_, [&](const auto& errand) { return errand.at > now; });
  const std::vector<Errand> doing(std::make_move_iterator(due.begin()), std::make_move_iterator(due.end()));
  toDo_.erase(due.begin(), due.end());
  for (const auto& errand : doing)
    if (const auto done = errand.go(); !done)
      log::warning("an errand of the demo world came to nothing",
                   {{"code", done.error().code}, {"detail", done.error().detail}});
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
