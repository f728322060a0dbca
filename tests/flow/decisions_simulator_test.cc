// Everything that people decide about a document, in any order and at once: filters that are switched on,
// changed and put away, corrections, decisions, recalls, sending once more, and a store that fails and
// crashes meanwhile. Whatever happened, then holds:
//
//   no document is both let through and sent back;
//   nothing is sent that nobody asked for: one delivery a document, and one more for each time somebody sent
//   it once more; one successor a version, made by whoever was told so;
//   of one number one chain is alive;
//   the rows are those of the events.
//
// A run is one seed. POSTGANG_SIMULATOR_SEED=n runs that one alone, POSTGANG_SIMULATOR_RUNS=n so many.
#include <map>
#include <set>
#include <thread>

#include "channels/network.h"
#include "flow/track.h"
#include "store/filters.h"
#include "store/upkeep.h"
#include "tests/flow/courier.h"
#include "tests/flow/house.h"
#include "tests/flow/weather.h"

namespace postgang::flow {
namespace {

using store::EventType;

constexpr std::string_view demands[] = {R"({"term":"BT-13","test":"digits","least":8,"most":8,"prefix":"45")",
                                        R"({"term":"BT-10","test":"present")",
                                        R"({"test":"notRepeated","months":12)",
                                        R"({"term":"BT-19","test":"startsWith","value":"4")"};
constexpr std::string_view severities[] = {"stop", "stop", "hold", "hold", "warn"};
constexpr std::string_view values[] = {"45000001", "45000002", "99", "4711"};
constexpr document::Term correctable[] = {document::Term::BT_13, document::Term::BT_10,
                                          document::Term::BT_19};

class Decisions {
 public:
  explicit Decisions(std::uint64_t seed)
      : chance_(seed), weather_(chance_), folder_(store::newTemporaryFolder()), ids_(clock_, seed) {
    std::vector<std::unique_ptr<channels::Channel>> all;
    all.push_back(std::make_unique<channels::Network>(channels::Price{Decimal::fromScaled(30, 2), "SEK"}));
    auto courier = std::make_unique<Courier>("email", 50);
    courier_ = courier.get();
    courier_->onSend = [this] { answerFor(courier_->sent.back()); };
    all.push_back(std::move(courier));
    registry_ = std::make_unique<channels::Registry>(std::move(all));
    settings_.batchSize = 3;
    settings_.attempts_max = 1'000'000;
    open();
    seller_ = company("Nordhamn Energi AB", "0007:5599900015");
    buyer_ = company("Granberga Bygg AB", "0007:5599900023");
  }
  ~Decisions() {
    flow_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void live(int steps) {
    for (int i = 0; i < steps; ++i) {
      weather_.failsPerMille = chance_.percent(40) ? chance_.below(40) : 0;
      if (chance_.percent(6)) weather_.crashIn = 1 + chance_.below(60);
      act();
      if (weather_.crashed) restart();
    }
  }

  void settle() {
    calm();
    restart();
    for (int round = 0; round < 4; ++round) {
      ASSERT_TRUE(flow_->advance(clock_, 24 * 3600));
      while (!receipts_.empty()) bringReceipt();
    }
  }

  void count() {
    std::map<std::string, std::set<DocumentId>> alive;  // chains by number
    std::map<DocumentId, int> successors;
    for (const auto id : documents()) countDocument(id, alive, successors);
    for (const auto& [id, times] : successors) EXPECT_EQ(times, 1) << "superseded twice: " << id.text();
    for (const auto& [number, chains] : alive)
      EXPECT_LE(chains.size(), 1u) << "alive twice under one number: " << number;
    const auto report = store::verify(*store_);
    ASSERT_TRUE(report) << report.error().detail;
    for (const auto& damage : report->damages)
      ADD_FAILURE() << damage.what << " " << damage.where << ": " << damage.detail;
  }

  std::map<std::string, int> done;  // what succeeded: a run that decides nothing proves nothing

 private:
  void open() {
    store::StoreOptions options;
    options.dataFolder = folder_;
    options.fault = [this](std::string_view step) { return weather_(step); };
    auto opened = store::Store::open(options, clock_);
    ASSERT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *registry_, settings_);
  }
  void calm() {
    weather_.failsPerMille = weather_.crashIn = 0;
    weather_.crashed = false;
  }
  void restart() {
    flow_.reset();
    store_.reset();
    calm();
    open();
  }

  CompanyId company(const std::string& name, const std::string& identifier) {
    store::Company made;
    made.name = name;
    made.identifier = identifier;
    made.identifiers = {identifier};
    made.createdAt = clock_.now();
    EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(made.id, store::createCompany(tx, made));
      return {};
    }));
    return made.id;
  }
  static store::Viewer person(CompanyId company, std::string name) {
    return store::Viewer::ofCompanies({company}, {store::ActorKind::person, name, name});
  }

  // --- What people do

  void act() {
    switch (chance_.below(12)) {
      case 0:
      case 1:
      case 2:
        return send();
      case 3:
        return changeFilters();
      case 4:
      case 5:
        (void)flow_->runDue();
        return;
      case 6:
        clock_.advanceSeconds(chance_.below(600));
        return;
      case 7:
        if (!receipts_.empty()) bringReceipt();
        return;
      case 8:
        return atOnce();
      default:
        if (const auto id = some()) decideSomething(*id, chance_.below(5), chance_.below(1'000'000));
    }
  }

  void send() {
    Sample sample;
    const bool again = number_ > 5000 && chance_.percent(20);
    sample.number = std::to_string(again ? 5001 + chance_.below(number_ - 5000) : ++number_);
    if (chance_.percent(35)) {  // not a customer: by the courier, which may fail
      sample.buyerName = "Fyrnäs El AB " + std::to_string(chance_.below(3));
      sample.buyerNumber = "5599900031";
    }
    Upload upload;
    upload.sender = seller_;
    upload.door = "api";
    upload.bytes = invoice(sample);
    (void)flow_->accept(upload);
  }

  std::string someDemand() {
    return "[" + std::string(demands[chance_.below(4)]) + R"(,"severity":")" +
           std::string(severities[chance_.below(5)]) + "\"}]";
  }
  void changeFilters() {
    const auto by = store::Actor{store::ActorKind::person, "1", "Ivar Lind"};
    const auto viewer = person(buyer_, "Ivar Lind");
    const bool away = filters_.size() > 1 || (!filters_.empty() && chance_.percent(30));
    const auto id = away ? filters_.back() : ids_.next<store::FilterId>();
    const auto rules = someDemand();
    const auto outcome = store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      return away ? store::deleteFilter(tx, viewer, buyer_, id)
                  : store::createFilter(tx, buyer_, id, {"Krav", true, {}, rules, ""}, by);
    });
    if (!outcome) return;
    if (away)
      filters_.pop_back();
    else
      filters_.push_back(id);
    ++done["filter"];
  }

  void decideSomething(DocumentId id, int what, int more) {
    switch (what) {
      case 0:
        return decide(id, static_cast<Verb>(more % 4));
      case 1:
      case 2:
        return correct(id, more);
      case 3:
        return resend(id);
      default:
        if (more % 3 == 0) (void)flow_->opened(person(buyer_, "Ivar Lind"), buyer_, id, "copy");
        return note("recall", flow_->recall(person(seller_, "Karin Sund"), id, "Fel"));
    }
  }
  void decide(DocumentId id, Verb verb) {
    note(std::string(name(verb)), flow_->decide(person(buyer_, "Ivar Lind"), id, verb, "Därför"));
  }
  void correct(DocumentId id, int more) {
    CorrectionRequest request;
    request.document = id;
    request.changes = {{correctable[more / 2 % 3], {}, std::string(values[more / 6 % 4]), {}}};
    request.remember = more % 2 == 0;
    const auto made = flow_->correct(person(seller_, "Karin Sund"), request);
    const std::lock_guard lock(mutex_);
    if (made) ++done["correct"];
    if (made || made.error().kind == ProblemKind::unavailable) corrected_.insert(id);  // or it may be
  }
  void resend(DocumentId id) {
    const auto sent = flow_->resend(person(seller_, "Karin Sund"), id, "", true);
    const std::lock_guard lock(mutex_);
    if (sent) ++done["resend"];
    if (sent || sent.error().kind == ProblemKind::unavailable) ++resent_[id];
  }
  void note(const std::string& what, const Outcome& outcome) {
    const std::lock_guard lock(mutex_);
    if (outcome) ++done[what];
  }

  // Two people and the flow, on the same document in the same instant.
  void atOnce() {
    const auto id = some();
    if (!id) return;
    calm();
    const int one = chance_.below(5), other = chance_.below(5), a = chance_.below(1'000),
              b = chance_.below(1'000);
    std::thread first([&] { decideSomething(*id, one, a); });
    std::thread second([&] { decideSomething(*id, other, b); });
    first.join();
    second.join();
    ++done["at once"];
  }

  // --- The world outside: somebody decides while the courier has the document in hand

  void answerFor(const channels::Consignment& consignment) {
    channels::Sent answer;
    answer.result = chance_.percent(35) ? EventType::delivery_failed : EventType::sent;
    courier_->answers = {answer};
    if (!weather_.crashed && chance_.percent(25))
      decideSomething(consignment.document, chance_.below(5), chance_.below(1'000));
    if (answer.result != EventType::sent || !chance_.percent(70)) return;
    store::DeliveryFact fact;
    fact.delivery = consignment.delivery;
    fact.channel = "email";
    fact.attempt = consignment.attempt;
    receipts_.push_back({consignment.document, EventType::delivered, fact});
  }
  void bringReceipt() {
    const auto at = static_cast<std::size_t>(chance_.below(static_cast<int>(receipts_.size())));
    if (track(Tools{*store_, clock_, ids_, *registry_}, receipts_[at]))
      receipts_.erase(receipts_.begin() + static_cast<std::ptrdiff_t>(at));
    if (weather_.crashed) restart();
  }

  // --- Looking

  std::vector<DocumentId> documents() {
    std::vector<DocumentId> found;
    (void)store_->read([&](store::Reader& reader) -> Outcome {
      found.clear();
      store::EntryQuery query;
      query.limit = 200;
      query.direction = store::Direction::sent;
      for (;;) {
        TRY(const auto page, store::listEntries(reader, person(seller_, "Karin Sund"), query));
        for (const auto& entry : page.items) found.push_back(entry.document);
        if (!page.nextCursor) return {};
        query.cursor = *page.nextCursor;
      }
    });
    return found;
  }
  std::optional<DocumentId> some() {
    const auto all = documents();
    if (all.empty()) return std::nullopt;
    // The newest most: that is where something can be decided.
    const int among =
        static_cast<int>(chance_.percent(70) ? std::min<std::size_t>(all.size(), 6) : all.size());
    return all[static_cast<std::size_t>(chance_.below(among))];
  }

  struct Told {
    std::string story;
    std::map<EventType, int> times;
    std::set<DeliveryId> left;  // deliveries that reached somebody, or may have
    bool afterEnd = false;      // begun when its life was over
  };
  Told told(const std::vector<store::Event>& events) {
    Told told;
    bool ended = false;
    for (const auto& event : events) {
      told.story += " " + std::string(document::name(event.type));
      ++told.times[event.type];
      if (event.type == EventType::delivery_started) told.afterEnd |= ended;
      if (event.type == EventType::sent || event.type == EventType::delivered)
        told.left.insert(std::get<store::DeliveryFact>(event.fact).delivery);
      ended |= event.type == EventType::returned || event.type == EventType::cancelled ||
               event.type == EventType::superseded || event.type == EventType::rejected;
    }
    return told;
  }

  void countDocument(DocumentId id, std::map<std::string, std::set<DocumentId>>& alive,
                     std::map<DocumentId, int>& successors) {
    std::vector<store::Event> events;
    store::DocumentRow row;
    ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(events, store::eventsOf(reader, store::Viewer::system(), id));
      TRY(row, store::findDocument(reader, store::Viewer::system(), id));
      return {};
    }));
    auto [story, times, left, afterEnd] = told(events);
    SCOPED_TRACE(id.text() + ":" + story);
    const int through = times[EventType::routed] + times[EventType::delivery_started] +
                        times[EventType::sent] + times[EventType::delivered];
    EXPECT_TRUE(through == 0 || times[EventType::returned] + times[EventType::stopped] == 0)
        << "let through and sent back";
    EXPECT_LE(times[EventType::accepted] + times[EventType::rejected], 1) << "answered twice";
    EXPECT_FALSE(afterEnd) << "sent when its life was over";
    EXPECT_LE(static_cast<int>(left.size()), 1 + resent_[id]) << "sent without anybody asking";
    const auto status = row.entry.status;
    using document::Status;
    EXPECT_TRUE(status != Status::received && status != Status::ready) << "stands still";
    if (const auto& received = std::get<store::ReceivedFact>(events.front().fact); received.supersedes) {
      ++successors[*received.supersedes];
      const bool byRule = events.front().actor.kind == store::ActorKind::system;
      EXPECT_TRUE(byRule || corrected_.contains(*received.supersedes)) << "a version that nobody made";
      if (byRule) ++done["remembered"];
    }
    if (status != Status::stopped && status != Status::returned && status != Status::failed &&
        status != Status::cancelled && status != Status::superseded)
      alive[row.entry.number].insert(row.root);
  }

  Chance chance_;
  Weather weather_;
  std::string folder_;
  SimulatedClock clock_{*Instant::parse("2026-11-23T09:41:00Z")};
  IdMaker ids_;
  FlowSettings settings_;
  std::unique_ptr<channels::Registry> registry_;
  Courier* courier_ = nullptr;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Flow> flow_;
  CompanyId seller_, buyer_;
  std::vector<store::FilterId> filters_;
  std::vector<channels::Receipt> receipts_;
  std::mutex mutex_;
  std::set<DocumentId> corrected_;
  std::map<DocumentId, int> resent_;
  int number_ = 5000;
};

TEST(DecisionsSimulator, never_both_lets_through_and_sends_back_and_sends_nothing_unasked) {
  const int only = environmentNumber("POSTGANG_SIMULATOR_SEED", 0);
  const int runs = only > 0 ? 1 : environmentNumber("POSTGANG_SIMULATOR_RUNS", 6);
  std::map<std::string, int> done;
  // Threads take their turns as they come: where a verb has not had one, there are more runs.
  const auto missing = [&] {
    std::vector<std::string> verbs;
    for (const char* verb :
         {"filter", "release", "return", "accept", "reject", "correct", "remembered", "resend", "recall"})
      if (done[verb] == 0) verbs.emplace_back(verb);
    return verbs;
  };
  int run = 1;
  for (; run <= runs || (only == 0 && run <= 4 * runs && !missing().empty()); ++run) {
    const int seed = only > 0 ? only : run;
    SCOPED_TRACE("POSTGANG_SIMULATOR_SEED=" + std::to_string(seed));
    Decisions decisions(static_cast<std::uint64_t>(seed));
    decisions.live(400);
    decisions.settle();
    decisions.count();
    for (const auto& [what, times] : decisions.done) done[what] += times;
    if (testing::Test::HasFailure()) break;
  }
  for (const auto& [what, times] : done) std::cout << what << " " << times << "  ";
  std::cout << "in " << run - 1 << " runs\n";
  if (only > 0) return;
  for (const auto& verb : missing()) ADD_FAILURE() << verb << " never happened";
}

}  // namespace
}  // namespace postgang::flow
