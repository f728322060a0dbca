// A filter tried on a year's history: how long 100,000 documents take with two threads.
//
//   bench_trial [documents] [demands]        POSTGANG_BENCH_DATA: the folder's parent (default: the temporary
//   one)
#include <charconv>
#include <filesystem>
#include <iostream>

#include "flow/demands.h"
#include "flow/parse.h"
#include "flow/recognise.h"
#include "insight/filter_trial.h"
#include "rules/demand_json.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/sql/session.h"
#include "tests/flow/sample.h"

namespace {

using namespace postgang;

int argument(int count, char** values, int index, int otherwise) {
  int number = otherwise;
  if (index < count) {
    const std::string_view text = values[index];
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

void must(const Outcome& outcome) {
  if (outcome) return;
  std::cerr << outcome.error().code << ": " << outcome.error().detail << "\n";
  std::exit(1);
}

CompanyId company(store::Store& store, const std::string& name, const std::string& identifier) {
  store::Company made;
  made.name = name;
  made.identifier = identifier;
  made.identifiers = {identifier};
  must(store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(made.id, store::createCompany(tx, made));
    return {};
  }));
  return made.id;
}

// As the walk leaves them in the receiver's inbox, each with the parsed form of an invoice with ten lines.
void fill(store::Store& store, IdMaker& ids, CompanyId sender, CompanyId receiver, int documents) {
  auto xml = flow::invoice({});
  const auto from = xml.find("<cac:InvoiceLine>"), to = xml.find("</Invoice>");
  const auto line = xml.substr(from, to - from);
  for (int i = 1; i < 10; ++i) xml.insert(from, line);
  const auto recognised = flow::recognise(xml);
  const auto parsed = flow::parse(*recognised)->document.serialized();
  for (int i = 0; i < documents; ++i) {
    const auto id = ids.next<DocumentId>();
    store::ReceivedFact received;
    received.sender = sender;
    received.door = "bench";
    received.digest = sha256(std::to_string(i));
    store::RecognisedFact facts;
    facts.format = "UBL 2.1 Invoice";
    facts.number = std::to_string(10'000 + i);
    facts.seller = {"0007:5599900015", "Nordhamn Energi AB", {}, false, {}};
    facts.buyer = {"0007:5599900023", "Granberga Bygg AB", {}, false, {}};
    facts.amount = Decimal(1250);
    facts.currency = "SEK";
    store::DeliveryFact delivered;
    delivered.delivery = ids.next<DeliveryId>();
    delivered.channel = "network";
    delivered.evidence = "inbox";
    delivered.receiver = receiver;
    must(store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::putParsed(tx, id, parsed));
      return store::append(tx, id, 0,
                           {{document::EventType::received, {}, received},
                            {document::EventType::recognised, {}, facts},
                            {document::EventType::delivered, {}, delivered}},
                           {});
    }));
  }
}

// A demand of form on the head, one on every line, one that looks for a repetition, and so on.
rules::Filter filterOf(int demands) {
  const char* kinds[] = {
      R"({"term":"BT-10","test":"present"})", R"({"term":"BT-13","test":"matches","value":"45\\d{6}"})",
      R"({"term":"BT-155","test":"present"})", R"({"term":"BT-2","test":"maxDaysOld","days":30})",
      R"({"test":"notRepeated","months":12,"severity":"warn"})"};
  std::string text = "[";
  for (int i = 0; i < demands; ++i) text += (i == 0 ? "" : ",") + std::string(kinds[i % 5]);
  auto filter = rules::Filter::compile(rules::parseDemands(text + "]").demands);
  if (!filter) std::exit(1);
  return *filter;
}

}  // namespace

int main(int count, char** values) {
  const int documents = argument(count, values, 1, 100'000);
  const int demands = argument(count, values, 2, 5);
  const char* parent = std::getenv("POSTGANG_BENCH_DATA");
  auto folder = (std::filesystem::path(parent ? parent : std::filesystem::temp_directory_path().c_str()) /
                 "postgang-trial-XXXXXX")
                    .string();
  if (mkdtemp(folder.data()) == nullptr) return 1;
  const SystemClock clock;
  store::StoreOptions options;
  options.dataFolder = folder;
  options.filling = true;
  IdMaker ids(clock);
  CompanyId sender, receiver;
  {
    auto store = store::Store::open(options, clock);
    if (!store) return 1;
    sender = company(**store, "Nordhamn Energi AB", "0007:5599900015");
    receiver = company(**store, "Granberga Bygg AB", "0007:5599900023");
    fill(**store, ids, sender, receiver, documents);
  }
  options.filling = false;
  auto store = store::Store::open(options, clock);
  if (!store) return 1;
  {
    insight::Trials trials(
        **store, clock, ids,
        [](auto& reader, auto company, const auto& filter, const auto& document, auto root, auto at) {
          return flow::findingsBy(filter, reader, company, document, root, at);
        });
    const auto started = monotonicMicroseconds();
    const auto trial = trials.start({store::Viewer::system(), receiver, filterOf(demands), 12});
    auto result = trials.find(receiver, trial->id);
    while (result->state == insight::TrialResult::State::running) {
      (*store)->waitForCommit((*store)->commits(), 20);
      result = trials.find(receiver, trial->id);
    }
    const auto microseconds = std::max<std::int64_t>(1, monotonicMicroseconds() - started);
    std::cout << result->done << " of " << result->total << " documents, " << demands
              << " demands: " << microseconds / 1000 << " ms, " << result->stopped << " stopped, "
              << result->done * 1'000'000 / microseconds << "/s\n";
  }
  store->reset();
  std::filesystem::remove_all(folder);
}
