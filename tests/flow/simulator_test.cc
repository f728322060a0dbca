// The flow under bad weather: a store that fails at any step, crashes at any instant, receipts that come
// late, twice and in any order, uploads tried again. Then the sun comes out, everything due is done, and
// everything is counted again: lost 0, doubled 0.
//
// A run is one seed. POSTGANG_SIMULATOR_SEED=n runs that one alone, POSTGANG_SIMULATOR_RUNS=n so many.
#include <map>
#include <set>

#include "channels/network.h"
#include "flow/track.h"
#include "store/upkeep.h"
#include "tests/flow/courier.h"
#include "tests/flow/house.h"
#include "tests/flow/weather.h"
#include "tests/flow/zip.h"

namespace postgang::flow {
namespace {

using store::EventType;

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed)
      : chance_(seed), weather_(chance_), folder_(store::newTemporaryFolder()), ids_(clock_, seed) {
    std::vector<std::unique_ptr<channels::Channel>> all;
    all.push_back(std::make_unique<channels::Network>(channels::Price{Decimal::fromScaled(30, 2), "SEK"}));
    auto courier = std::make_unique<Courier>("email", 50);
    courier_ = courier.get();
    courier_->onSend = [this] { decideAnswer(); };
    all.push_back(std::move(courier));
    registry_ = std::make_unique<channels::Registry>(std::move(all));
    settings_.batchSize = 4;
    settings_.attempts_max = 1'000'000;  // the weather is no fault of a document's
    open();
    energi_ = company("Nordhamn Energi AB", "0007:5599900015");
    granberga_ = company("Granberga Bygg AB", "0007:5599900023");
  }
  ~Simulation() {
    flow_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void live(int steps) {
    for (int i = 0; i < steps; ++i) {
      weather_.failsPerMille = chance_.percent(50) ? chance_.below(60) : 0;
      if (chance_.percent(12)) weather_.crashIn = 1 + chance_.below(60);
      act();
      if (weather_.crashed || chance_.percent(4)) restart();
    }
  }

  // Sunshine: what was not answered is tried again, leases run out, everything happens.
  void settle() {
    weather_.failsPerMille = weather_.crashIn = 0;
    restart();
    for (const auto& upload : unanswered_) handIn(upload);
    for (int round = 0; round < 6; ++round) {
      ASSERT_TRUE(flow_->advance(clock_, 3 * 3600));
      while (!receipts_.empty()) bringReceipt();
    }
    ASSERT_TRUE(flow_->runDue());
  }

  void count() {
    std::map<std::string, int> sendings;
    for (const auto& sent : courier_->sent)
      ++sendings[sent.delivery.text() + "/" + std::to_string(sent.attempt)];
    for (const auto& [attempt, times] : sendings) EXPECT_EQ(times, 1) << "sent twice: " << attempt;
    for (const auto& [id, expected] : accepted_) countDocument(id, expected);
    countRows();
    const auto report = store::verify(*store_);
    ASSERT_TRUE(report) << report.error().detail;
    for (const auto& damage : report->damages)
      ADD_FAILURE() << damage.what << " " << damage.where << ": " << damage.detail;
    EXPECT_EQ(report->documents, static_cast<std::int64_t>(accepted_.size())) << "lost or doubled";
  }

  std::size_t documents() const { return accepted_.size(); }
  std::int64_t steps() const { return weather_.steps; }
  int restarts() const { return restarts_; }

 private:
  enum class Expected { delivered, sentOut, stopped, repeated };

  void open() {
    store::StoreOptions options;
    options.dataFolder = folder_;
    options.fault = [this](std::string_view step) { return weather_(step); };
    auto opened = store::Store::open(options, clock_);
    ASSERT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *registry_, settings_);
  }

  // The process dies and a new one takes over the folder; leases of the dead one have yet to run out.
  void restart() {
    ++restarts_;
    flow_.reset();
    store_.reset();
    weather_.crashed = false;
    weather_.crashIn = 0;
    const int fails = weather_.failsPerMille;
    weather_.failsPerMille = 0;
    open();
    weather_.failsPerMille = fails;
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

  void act() {
    switch (chance_.below(9)) {
      case 0:
      case 1:
      case 2:
        for (int more = chance_.below(4); more >= 0; --more) handIn(someUpload());
        return;
      case 3:
      case 4:
        (void)flow_->runDue();
        return;
      case 5:
        clock_.advanceSeconds(chance_.below(120));
        return;
      case 6:
        if (!receipts_.empty()) bringReceipt();
        return;
      case 7:
        return look();
      default:
        if (!unanswered_.empty()) tryAgain();
    }
  }

  // --- Uploads, each under an Idempotency-Key, as a careful client sends them

  struct Sending {
    Upload upload;
    std::vector<Expected> expected;  // of its files, in order
  };

  std::string someInvoice(Expected& expected) {
    Sample sample;
    sample.number = std::to_string(++number_);
    expected = Expected::delivered;
    if (chance_.percent(15)) {
      sample.payable = "1.00";
      expected = Expected::stopped;
    } else if (chance_.percent(30)) {
      sample.buyerName = "Fyrnäs El AB";
      sample.buyerNumber = "5599900031";
      expected = Expected::sentOut;
    } else if (chance_.percent(10) && number_ > 5000) {
      // The number of an earlier document; whether that one holds it is seen when all is done.
      sample.number = std::to_string(5000 + 1 + chance_.below(number_ - 5000));
      sample.buyerName = "Granberga " + std::to_string(number_);
      expected = Expected::repeated;
      shared_.insert(sample.number);
    }
    return invoice(sample);
  }

  Sending someUpload() {
    Sending sending;
    sending.expected.resize(1);
    sending.upload.bytes = someInvoice(sending.expected[0]);
    if (chance_.percent(15)) {
      sending.expected.resize(3);
      const auto bad = "<broken " + std::to_string(++number_);
      sending.expected[1] = Expected::stopped;
      sending.upload.bytes = zipped(
          {{"a.xml", sending.upload.bytes}, {"b.xml", bad}, {"c.xml", someInvoice(sending.expected[2])}});
    }
    sending.upload.sender = energi_;
    sending.upload.actor = {store::ActorKind::key, "key-1", "Affärssystem"};
    sending.upload.door = "api";
    const auto digest = sha256(sending.upload.bytes);
    sending.upload.idempotency =
        Idempotency{"key:1", std::to_string(++keys_), digest, [digest](const Accepted& accepted) {
                      std::string body;
                      for (const auto& document : accepted.documents) body += document.id.text();
                      return store::StoredReply{digest, 202, body};
                    }};
    return sending;
  }

  void handIn(const Sending& sending) {
    const auto accepted = flow_->accept(sending.upload);
    if (!accepted) {
      EXPECT_EQ(accepted.error().kind, ProblemKind::unavailable) << accepted.error().code;
      unanswered_.push_back(sending);
      return;
    }
    std::vector<DocumentId> documents;
    for (const auto& document : accepted->documents) documents.push_back(document.id);
    if (accepted->replay)
      for (std::size_t at = 0; at < accepted->replay->body.size(); at += 36)
        documents.push_back(*DocumentId::parse(accepted->replay->body.substr(at, 36)));
    ASSERT_EQ(documents.size(), sending.expected.size());
    for (std::size_t i = 0; i < documents.size(); ++i) accepted_.emplace(documents[i], sending.expected[i]);
  }

  void tryAgain() {
    const auto sending = unanswered_.front();
    unanswered_.erase(unanswered_.begin());
    handIn(sending);
  }

  // --- The world outside

  void decideAnswer() {
    channels::Sent answer;
    answer.result = EventType::sent;
    if (chance_.percent(15)) {
      answer.result = EventType::delivery_failed;
      if (chance_.percent(70)) answer.retryAt = clock_.now().plusSeconds(1 + chance_.below(600));
    }
    courier_->answers = {answer};
    const auto& consignment = courier_->sent.back();
    store::DeliveryFact fact;
    fact.delivery = consignment.delivery;
    fact.channel = "email";
    fact.attempt = consignment.attempt;
    if (answer.result != EventType::sent) return;
    for (const auto type : {EventType::delivered, EventType::delivery_returned})
      if (chance_.percent(60)) receipts_.push_back({consignment.document, type, fact});
    if (chance_.percent(10)) receipts_.push_back({consignment.document, EventType::bounced, fact});
  }

  void bringReceipt() {
    const auto at = static_cast<std::size_t>(chance_.below(static_cast<int>(receipts_.size())));
    const auto receipt = receipts_[at];
    const auto outcome = track(Tools{*store_, clock_, ids_, *registry_}, receipt);
    if (outcome && !chance_.percent(20)) receipts_.erase(receipts_.begin() + static_cast<std::ptrdiff_t>(at));
    if (weather_.crashed) restart();
  }

  void look() {
    if (accepted_.empty()) return;
    auto chosen = accepted_.begin();
    std::advance(chosen, chance_.below(static_cast<int>(accepted_.size())));
    const bool person = chance_.percent(50);
    const auto viewer = store::Viewer::ofCompanies(
        {granberga_},
        {person ? store::ActorKind::person : store::ActorKind::key, person ? "lena" : "key-2", "Lena"});
    (void)(person ? flow_->opened(viewer, granberga_, chosen->first, "copy")
                  : flow_->fetched(viewer, granberga_, chosen->first, "original"));
  }

  // --- Counting

  std::vector<store::Event> eventsOf(DocumentId id) {
    std::vector<store::Event> events;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(events, store::eventsOf(reader, store::Viewer::system(), id));
      return {};
    })) << "lost: "
        << id.text();
    return events;
  }

  void countDocument(DocumentId id, Expected expected) {
    std::map<EventType, int> times;
    std::string story, number;
    std::map<std::string, std::set<EventType>> byAttempt;
    for (const auto& event : eventsOf(id)) {
      ++times[event.type];
      story += " " + std::string(document::name(event.type));
      if (const auto* read = std::get_if<store::RecognisedFact>(&event.fact)) number = read->number;
      if (const auto* fact = std::get_if<store::DeliveryFact>(&event.fact)) {
        auto& told = byAttempt[fact->delivery.text() + std::to_string(fact->attempt)];
        EXPECT_TRUE(told.insert(event.type).second) << "told twice:" << story;
      }
    }
    EXPECT_EQ(times[EventType::received], 1) << story;
    EXPECT_EQ(times[EventType::stopped] + times[EventType::routed], 1) << story;
    EXPECT_LE(times[EventType::fetched], 1) << story;
    if (times[EventType::routed] == 1 && times[EventType::failed] == 0) ++onTheirWay_[number];
    if (shared_.contains(number))
      EXPECT_LE(onTheirWay_[number], 1) << "twice under one number: " << number;
    else
      countOwn(expected, times, story);
  }

  // A document whose number is its own.
  static void countOwn(Expected expected, std::map<EventType, int>& times, const std::string& story) {
    switch (expected) {
      case Expected::delivered:
        EXPECT_EQ(times[EventType::delivered], 1) << story;
        EXPECT_EQ(times[EventType::delivery_started], 1) << story;
        break;
      case Expected::sentOut:
        EXPECT_GE(times[EventType::delivery_started], 1) << story;
        EXPECT_GE(times[EventType::sent] + times[EventType::delivered] + times[EventType::delivery_returned] +
                      times[EventType::failed] + times[EventType::delivery_uncertain],
                  1)
            << story;
        break;
      case Expected::stopped:
        EXPECT_EQ(times[EventType::stopped], 1) << story;
        break;
      case Expected::repeated:
        ADD_FAILURE() << "a repeated number is shared";
    }
  }

  // Cut off with the bytes at the courier's: it stays so until somebody has asked.
  bool hasUncertain(DocumentId id) {
    for (const auto& event : eventsOf(id))
      if (event.type == EventType::delivery_uncertain) return true;
    return false;
  }

  void countRows() {
    std::int64_t sent = 0;
    std::set<std::string> seen;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      store::EntryQuery query;
      query.limit = 200;
      query.direction = store::Direction::sent;
      for (;;) {
        TRY(const auto page, store::listEntries(reader, store::Viewer::ofCompanies({energi_}, {}), query));
        for (const auto& entry : page.items) {
          ++sent;
          seen.insert(entry.document.text());
          EXPECT_TRUE(entry.status != document::Status::received && entry.status != document::Status::ready)
              << "stands still: " << entry.document.text();
          EXPECT_TRUE(entry.status != document::Status::sending || hasUncertain(entry.document));
        }
        if (!page.nextCursor) return {};
        query.cursor = *page.nextCursor;
      }
    }));
    EXPECT_EQ(sent, static_cast<std::int64_t>(accepted_.size()));
    EXPECT_EQ(seen.size(), accepted_.size());
    std::vector<store::QueueState> queues;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(queues, store::queueStates(reader));
      return {};
    }));
    for (const auto& queue : queues)
      EXPECT_EQ(queue.waiting + queue.leased + queue.dead, 0) << queue.kind << " has jobs left";
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
  CompanyId energi_, granberga_;
  std::map<DocumentId, Expected> accepted_;
  std::vector<Sending> unanswered_;
  std::vector<channels::Receipt> receipts_;
  std::map<std::string, int> onTheirWay_;  // by number
  std::set<std::string> shared_;           // numbers that more than one document has
  int number_ = 5000;
  int keys_ = 0;
  int restarts_ = 0;
};

TEST(Simulator, loses_nothing_and_doubles_nothing) {
  const int only = environmentNumber("POSTGANG_SIMULATOR_SEED", 0);
  const int runs = only > 0 ? 1 : environmentNumber("POSTGANG_SIMULATOR_RUNS", 8);
  std::size_t documents = 0;
  for (int run = 1; run <= runs; ++run) {
    const int seed = only > 0 ? only : run;
    SCOPED_TRACE("POSTGANG_SIMULATOR_SEED=" + std::to_string(seed));
    Simulation simulation(static_cast<std::uint64_t>(seed));
    simulation.live(160);
    simulation.settle();
    simulation.count();
    documents += simulation.documents();
    if (HasFailure()) break;
  }
  EXPECT_GT(documents, 0u);
  std::cout << "simulated " << documents << " documents in " << runs << " runs\n";
}

}  // namespace
}  // namespace postgang::flow
