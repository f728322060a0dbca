// The walk alone: documents that are kept already, until they are delivered. How to read it: documents per
// second from the first job to the last, with the flow's own workers, on a store with real syncs.
//
//   bench_walk [documents] [workers]        POSTGANG_BENCH_DATA: the folder's parent (default: the temporary
//   one)
#include <charconv>
#include <filesystem>
#include <iostream>

#include "channels/registry.h"
#include "flow/flow.h"
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

CompanyId company(store::Store& store, const std::string& name, const std::string& identifier) {
  store::Company made;
  made.name = name;
  made.identifier = identifier;
  made.identifiers = {identifier};
  made.createdAt = store.clock().now();
  const auto outcome = store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(made.id, store::createCompany(tx, made));
    return {};
  });
  if (!outcome) std::cerr << outcome.error().detail << "\n";
  return made.id;
}

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
  const char* parent = std::getenv("POSTGANG_BENCH_DATA");
  auto folder = (std::filesystem::path(parent ? parent : std::filesystem::temp_directory_path().c_str()) /
                 "postgang-walk-XXXXXX")
                    .string();
  if (mkdtemp(folder.data()) == nullptr) return 1;
  const SystemClock clock;
  store::StoreOptions options;
  options.dataFolder = folder;
  auto store = store::Store::open(options, clock);
  if (!store) return 1;
  IdMaker ids(clock);
  const auto channels = channels::allChannels();
  {
    flow::Flow flow(**store, clock, ids, channels, settings);
    const auto seller = company(**store, "Nordhamn Energi AB", "0007:5599900015");
    (void)company(**store, "Granberga Bygg AB", "0007:5599900023");
    fill(flow, seller, documents);
    const auto started = monotonicMicroseconds();
    flow.start();
    const auto done = flow.runDue();
    flow.stop();
    const auto microseconds = std::max<std::int64_t>(1, monotonicMicroseconds() - started);
    std::cout << documents << " documents delivered in " << microseconds / 1000
              << " ms: " << static_cast<std::int64_t>(documents) * 1'000'000 / microseconds << "/s with "
              << settings.workers << " workers beside the caller" << (done ? "" : ", and a fault") << "\n";
  }
  store->reset();
  std::filesystem::remove_all(folder);
}
