// A filter tried on a year's history: how long 100,000 documents take with two threads.
//
//   bench_trial [documents] [demands]        POSTGANG_BENCH_DATA: the folder's parent (default: the temporary
//   one)
#include <iostream>

#include "bench/support.h"
#include "flow/demands.h"
#include "flow/parse.h"
#include "flow/recognise.h"
#include "insight/filter_trial.h"
#include "rules/demand_json.h"
#include "store/blobs.h"
#include "tests/flow/sample.h"

namespace {

using namespace postgang;
using namespace postgang::bench;

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
  const Folder folder("trial");
  const SystemClock clock;
  IdMaker ids(clock);
  CompanyId sender, receiver;
  {
    const auto store = openStore(folder, clock, true);
    sender = company(*store, "Nordhamn Energi AB", "0007:5599900015");
    receiver = company(*store, "Granberga Bygg AB", "0007:5599900023");
    fill(*store, ids, sender, receiver, documents);
  }
  const auto store = openStore(folder, clock);
  {
    insight::Trials trials(
        *store, clock, ids,
        [](auto& reader, auto company, const auto& filter, const auto& document, auto root, auto at) {
          return flow::findingsBy(filter, reader, company, document, root, at);
        });
    const auto started = monotonicMicroseconds();
    const auto trial = trials.start({store::Viewer::system(), receiver, filterOf(demands), 12});
    auto result = trials.find(receiver, trial->id);
    while (result->state == insight::TrialResult::State::running) {
      store->waitForCommit(store->commits(), 20);
      result = trials.find(receiver, trial->id);
    }
    const auto microseconds = monotonicMicroseconds() - started;
    std::cout << result->done << " of " << result->total << " documents, " << demands
              << " demands: " << microseconds / 1000 << " ms, " << result->stopped << " stopped, "
              << perSecond(result->done, microseconds) << "/s\n";
  }
}
