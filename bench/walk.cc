// The walk alone: documents that are kept already, until they are delivered. How to read it: documents per
// second from the first job to the last, with the flow's own workers, on a store with real syncs.
//
//   bench_walk [documents] [workers]        POSTGANG_BENCH_DATA: the folder's parent (default: the temporary
//   one)
#include <iostream>

#include "bench/support.h"
#include "channels/registry.h"
#include "flow/flow.h"
#include "tests/flow/sample.h"

namespace {

using namespace postgang;
using namespace postgang::bench;

// Invoices of some 25 kB: what BIS invoices with a page of lines weigh.
flow::Upload upload(CompanyId sender, int number) {
  flow::Sample sample;
  sample.number = std::to_string(number);
  flow::Upload made;
  made.sender = sender;
  made.actor = {store::ActorKind::key, "bench", "Bench"};
  made.door = "api";
  made.fileName = "faktura.xml";
  made.bytes = flow::invoice(sample);
  const std::string note = "<cbc:Note>" + std::string(480, 'n') + std::to_string(number) + "</cbc:Note>";
  std::string notes;
  while (made.bytes.size() + notes.size() < 25'000) notes += note;
  made.bytes.insert(made.bytes.find("<cbc:DocumentCurrencyCode"), notes);
  return made;
}

void fill(flow::Flow& flow, CompanyId sender, int documents) {
  constexpr int together = 500;
  for (int at = 0; at < documents; at += together) {
    std::vector<flow::Upload> uploads;
    for (int i = at; i < std::min(documents, at + together); ++i)
      uploads.push_back(upload(sender, 10'000 + i));
    for (const auto& answer : flow.acceptAll(uploads))
      if (!answer) std::cerr << answer.error().code << "\n";
  }
}

}  // namespace

int main(int count, char** values) {
  const int documents = argument(count, values, 1, 10'000);
  flow::FlowSettings settings;
  settings.workers = argument(count, values, 2, 2);
  const Folder folder("walk");
  const SystemClock clock;
  const auto store = openStore(folder, clock);
  IdMaker ids(clock);
  const auto channels = channels::allChannels();
  {
    flow::Flow flow(*store, clock, ids, channels, settings);
    const auto seller = company(*store, "Nordhamn Energi AB", "0007:5599900015");
    (void)company(*store, "Granberga Bygg AB", "0007:5599900023");
    fill(flow, seller, documents);
    const auto started = monotonicMicroseconds();
    flow.start();
    const auto done = flow.runDue();
    flow.stop();
    const auto microseconds = monotonicMicroseconds() - started;
    std::cout << documents << " documents delivered in " << microseconds / 1000
              << " ms: " << perSecond(documents, microseconds) << "/s with " << settings.workers
              << " workers beside the caller" << (done ? "" : ", and a fault") << "\n";
  }
}
