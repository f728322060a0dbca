// Requests a second over keep-alive connections from one client thread beside the server, so on two cores
// each has one. `bench_http`; the argument is the number of connections. The same from outside:
//   wrk -t1 -c32 -d5 -s post.lua http://127.0.0.1:PORT/   with  wrk.method = "POST"; wrk.body =
//   string.rep("x", 30000)
#include <benchmark/benchmark.h>

#include "net/event_stream.h"
#include "net/http_server.h"
#include "tests/net/raw_client.h"

namespace postgang::net {
namespace {

using test::RawClient;

Reply accepted(Request& request) {
  return Reply::json("{\"id\":\"0193\",\"bytes\":" + std::to_string(request.body.size()) + "}", 202);
}

// Each round sends one request on every connection, then reads every reply.
void run(benchmark::State& state, const std::string& request) {
  HttpServer server({.handler = accepted});
  const auto port = server.listen("127.0.0.1:0").value();
  std::vector<RawClient> clients;
  for (int i = 0; i < state.range(0); ++i) clients.emplace_back(port);
  for (auto _ : state) {
    for (auto& client : clients) client.send(request);
    for (auto& client : clients)
      if (client.reply().status != 202) return state.SkipWithError("not accepted");
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void post30kB(benchmark::State& state) {
  run(state, test::post("/documents", std::string(30'000, 'x')));
}
void getSmall(benchmark::State& state) {
  run(state, test::get("/documents"));
}

// One event of 300 bytes to every one of so many streams, until each client has it.
void eventToAll(benchmark::State& state) {
  std::mutex mutex;
  std::vector<std::shared_ptr<EventStream>> streams;
  HttpServer server({.handler = [&](Request&) {
    auto stream = std::make_shared<EventStream>();
    const std::lock_guard lock(mutex);
    streams.push_back(stream);
    return Reply::eventStream(stream);
  }});
  const auto port = server.listen("127.0.0.1:0").value();
  std::vector<RawClient> clients;
  for (int i = 0; i < state.range(0); ++i) {
    clients.emplace_back(port);
    clients.back().send(test::get("/stream"));
    clients.back().reply();
  }
  const std::string data(300, 'x');
  for (auto _ : state) {
    for (auto& stream : streams) stream->send("1", "document", data);
    for (auto& client : clients) client.readUntil("\n\n");
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(post30kB)->Arg(1)->Arg(8)->Arg(64)->UseRealTime();
BENCHMARK(getSmall)->Arg(1)->Arg(8)->Arg(64)->UseRealTime();
BENCHMARK(eventToAll)->Arg(400)->UseRealTime();

}  // namespace
}  // namespace postgang::net

BENCHMARK_MAIN();
