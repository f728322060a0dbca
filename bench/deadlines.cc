// A morning's worth of Smartmail deadlines at one instant: how long until every letter stands in line for
// print, with the flow's own workers and a store with real syncs. The mails are made in bulk; samples of them
// are held against mails that the flow has sent itself.
//
//   bench_deadlines [mails] [workers] [companies] [jobs together]   POSTGANG_BENCH_DATA: the folder's parent
#include <iostream>

#include "base/calendar.h"
#include "bench/support.h"
#include "channels/registry.h"
#include "channels/smartmail_settings.h"
#include "flow/flow.h"
#include "flow/smartmail.h"
#include "insight/smartmail_trial.h"
#include "tests/flow/sample.h"

namespace {

using namespace postgang;
using namespace postgang::bench;
using document::EventType;

constexpr int cut_off_minute = 16 * 60;

channels::Reach reached(const char* reason) {
  channels::Reach reach;
  reach.reachable = true;
  reach.reason = reason;
  return reach;
}

store::DeliveryFact mailFact(Instant now) {
  store::DeliveryFact fact;
  fact.recipients = {{"lena.forsman@granberga.example", {}}};
  fact.parts = {{"", false}, {"Specifikation.pdf", false}};
  fact.deadline = channels::deadlineOf({}, now, Date::of(2026, 12, 23), cut_off_minute);
  fact.sheets = 2;
  fact.letterPrice = Decimal::fromScaled(1240, 2);
  return fact;
}

// Mail as its server takes it, and a house that puts letters in line: what the channels `email` and `print`
// do besides is not this bench's subject.
class Mail final : public channels::Channel {
 public:
  std::string_view name() const override { return "email"; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    return reached("address-known");
  }
  channels::Price price() const override { return {Decimal::fromScaled(150, 2), "SEK"}; }
  bool inHouse() const override { return false; }
  Result<channels::Prepared> prepare(store::Reader&, const channels::Consignment&,
                                     Instant now) const override {
    channels::Prepared prepared;
    prepared.fact = mailFact(now);
    return prepared;
  }
  Result<channels::Sent> send(const channels::Consignment&, const channels::Prepared&) const override {
    channels::Sent sent;
    sent.result = EventType::sent;
    sent.evidence = "smtp";
    return sent;
  }
};

class Paper final : public channels::Channel {
 public:
  std::string_view name() const override { return "print"; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    return reached("postal-address-good");
  }
  channels::Price price() const override { return {Decimal::fromScaled(1240, 2), "SEK"}; }
  bool inHouse() const override { return true; }
  Result<channels::Prepared> prepare(store::Reader&, const channels::Consignment& consignment,
                                     Instant now) const override {
    channels::Prepared prepared;
    prepared.fact.sheets = consignment.sheets;
    prepared.fact.price = consignment.letterPrice;
    prepared.fact.currency = "SEK";
    prepared.fact.deadline = now;
    return prepared;
  }
  Result<channels::Sent> send(const channels::Consignment&, const channels::Prepared&) const override {
    channels::Sent sent;
    sent.result = EventType::delivery_queued;
    sent.evidence = "cut-off";
    return sent;
  }
};

channels::Registry roads() {
  std::vector<std::unique_ptr<channels::Channel>> all;
  all.push_back(std::make_unique<Mail>());
  all.push_back(std::make_unique<Paper>());
  return channels::Registry(std::move(all));
}

std::vector<store::Event> eventsOf(store::Store& store, DocumentId document) {
  std::vector<store::Event> events;
  must(store.read([&](store::Reader& reader) -> Outcome {
    TRY(events, store::eventsOf(reader, store::Viewer::system(), document));
    return {};
  }));
  return events;
}

DocumentId sentByTheFlow(flow::Flow& flow, CompanyId sender, int number) {
  flow::Sample sample;
  sample.number = std::to_string(number);
  flow::Upload upload;
  upload.sender = sender;
  upload.actor = {store::ActorKind::key, "bench", "Bench"};
  upload.door = "api";
  upload.fileName = "faktura.xml";
  upload.bytes = flow::invoice(sample);
  const auto accepted = flow.accept(upload);
  demand(accepted.has_value(), "not accepted");
  const auto done = flow.runDue();
  demand(done.has_value(), "not walked");
  return accepted->documents.front().id;
}

// The events of a mail that the flow has sent, said of another document.
struct Made {
  DocumentId document;
  DeliveryId delivery;
  std::vector<store::NewEvent> events;
  Instant deadline;
};
Made likeIt(const std::vector<store::Event>& model, IdMaker& ids, CompanyId sender, int number) {
  Made made{ids.next<DocumentId>(), ids.next<DeliveryId>(), {}, {}};
  for (const auto& event : model) {
    store::NewEvent fresh{event.type, event.actor, event.fact};
    if (auto* received = std::get_if<store::ReceivedFact>(&fresh.fact)) {
      received->sender = sender;
      received->digest = sha256(std::to_string(number));
    }
    if (auto* recognised = std::get_if<store::RecognisedFact>(&fresh.fact)) {
      const auto old = recognised->number;
      recognised->number = std::to_string(number);
      for (auto at = recognised->searchText.find(old); at != std::string::npos;
           at = recognised->searchText.find(old, at + recognised->number.size()))
        recognised->searchText.replace(at, old.size(), recognised->number);
      recognised->key += "-" + recognised->number;
    }
    if (auto* delivery = std::get_if<store::DeliveryFact>(&fresh.fact)) {
      delivery->delivery = made.delivery;
      if (delivery->deadline) made.deadline = *delivery->deadline;
    }
    made.events.push_back(std::move(fresh));
  }
  return made;
}

void fill(store::Store& store, IdMaker& ids, const std::vector<store::Event>& model,
          const std::vector<CompanyId>& senders, int mails) {
  constexpr int together = 1'000;
  for (int at = 0; at < mails; at += together) {
    std::vector<std::pair<CompanyId, Made>> made;
    for (int i = at; i < std::min(mails, at + together); ++i) {
      const auto sender = senders[static_cast<std::size_t>(i) % senders.size()];
      made.emplace_back(sender, likeIt(model, ids, sender, 1'000'000 + i));
    }
    must(store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      for (const auto& [sender, one] : made)
        CHECK_OK(store::append(tx, one.document, 0, one.events,
                               {flow::deadlineJob(one.document, sender, one.delivery, one.deadline)}));
      return {};
    }));
  }
}

// What a sample says apart from ids and numbers.
std::string told(store::Store& store, DocumentId document) {
  std::string text;
  for (const auto& event : eventsOf(store, document)) text += std::string(document::name(event.type)) + " ";
  must(store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), document));
    for (const auto& delivery : deliveries) {
      const auto& road = delivery.road;
      text += delivery.channel + " " + std::string(store::roadState(delivery)) + " " + delivery.address +
              " " + (road.deadline ? road.deadline->text() : "-") + " " +
              std::to_string(road.sheets.value_or(0)) + " " +
              (road.letterPrice ? road.letterPrice->text() : "-") + " " + std::to_string(road.parts.size()) +
              std::to_string(road.recipients.size()) + "; ";
    }
    TRY(const auto row, store::findDocument(reader, store::Viewer::system(), document));
    text += std::string(document::name(row.entry.status)) + " " + row.entry.channel + " ";
    for (const auto& delivery : deliveries) {
      TRY(const auto jobs, store::waitingJobs(reader, "smartmail-due:" + delivery.id.text()));
      for (const auto& job : jobs) text += "due " + job.runAt.text() + " ";
    }
    return {};
  }));
  return text;
}

std::int64_t number(store::Store& store, const std::string& sql) {
  std::int64_t found = 0;
  must(store.read([&](store::Reader& reader) -> Outcome {
    CHECK_OK(reader.connection().run(sql, {}, [&](const store::sql::Row& row) { found = row.number(0); }));
    return {};
  }));
  return found;
}

void checkSamples(store::Store& store, const std::string& model, int mails) {
  std::vector<DocumentId> samples;
  must(store.read([&](store::Reader& reader) -> Outcome {
    CHECK_OK(reader.connection().run(
        "SELECT document FROM deliveries WHERE channel = 'email' ORDER BY id LIMIT 200", {},
        [&](const store::sql::Row& row) { samples.push_back(store::sql::Columns(row).id<DocumentId>()); }));
    return {};
  }));
  for (const auto sample : samples) demand(told(store, sample) == model, told(store, sample) + "\n" + model);
  demand(static_cast<int>(samples.size()) == std::min(mails + 1, 200), "samples are missing");
}

// «Vad händer om N är 5 i stället för 7?» on one company's mails.
void tryAnother(store::Store& store, CompanyId company) {
  insight::SmartmailTrialOrder order;
  order.settings.days = 5;
  insight::SmartmailTrial trial;
  const auto started = monotonicMicroseconds();
  must(store.read([&](store::Reader& reader) -> Outcome {
    TRY(trial, insight::trySmartmail(reader, store::Viewer::ofCompanies({company}, {}), order,
                                     store.clock().now().plusSeconds(1)));
    return {};
  }));
  std::cout << trial.mails << " mails of one company tried with another deadline in "
            << (monotonicMicroseconds() - started) / 1000 << " ms\n";
}

}  // namespace

int main(int count, char** values) {
  const int mails = argument(count, values, 1, 200'000);
  flow::FlowSettings settings;
  settings.workers = argument(count, values, 2, 1);
  const int companies = argument(count, values, 3, 20);
  settings.batchSize = argument(count, values, 4, settings.batchSize);
  const Folder folder("deadlines");
  SimulatedClock clock(*Instant::parse("2026-11-23T09:41:00Z"));
  const auto store = openStore(folder, clock);
  IdMaker ids(clock);
  const auto channels = roads();
  {
    flow::Flow flow(*store, clock, ids, channels, settings);
    std::vector<CompanyId> senders = {company(*store, "Nordhamn Energi AB", "0007:5599900015")};
    (void)company(*store, "Granberga Bygg AB", "0007:5599900023");
    for (int i = 1; i < companies; ++i)
      senders.push_back(company(*store, "Avsändare " + std::to_string(i), "0007:C" + std::to_string(i)));
    const auto model = sentByTheFlow(flow, senders.front(), 999'999);
    const auto filling = monotonicMicroseconds();
    fill(*store, ids, eventsOf(*store, model), senders, mails);
    std::cout << mails << " mails made in " << (monotonicMicroseconds() - filling) / 1000 << " ms\n";
    checkSamples(*store, told(*store, model), mails);

    const auto deadline = channels::deadlineOf({}, clock.now(), {}, cut_off_minute);
    clock.set(*deadline);
    const auto started = monotonicMicroseconds();
    flow.start();
    const auto done = flow.runDue();
    const auto microseconds = monotonicMicroseconds() - started;
    flow.stop();
    demand(done.has_value(), "a fault");
    const auto all = std::to_string(mails + 1);
    for (const auto* type : {"delivery-expired", "delivery-queued"})
      demand(
          number(*store, "SELECT COUNT(*) FROM events WHERE type = '" + std::string(type) + "'") == mails + 1,
          std::string(type) + " is not once for each");
    demand(number(*store, "SELECT COUNT(*) FROM deliveries WHERE state = 'queued'") == mails + 1,
           "a letter is missing in the line");
    demand(
        number(*store, "SELECT COUNT(DISTINCT document) FROM deliveries WHERE state = 'queued'") == mails + 1,
        "a letter is there twice");
    std::cout << all << " deadlines at one instant, every letter in line in " << microseconds / 1000
              << " ms: " << perSecond(mails + 1, microseconds) << "/s with " << settings.workers
              << " workers beside the caller\n";
    tryAnother(*store, senders.front());
  }
}
