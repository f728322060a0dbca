// What the routes share, inside api/ only.
#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "api/api.h"
#include "api/copy_cache.h"
#include "api/feed_hub.h"
#include "api/guard.h"
#include "api/metrics.h"
#include "store/sql/session.h"

namespace postgang::api {

// Where the server's own counts come from, once there is a server.
class ServerCounts {
 public:
  void set(std::function<net::HttpServerCounts()> counts) {
    const std::lock_guard lock(mutex_);
    counts_ = std::move(counts);
  }
  net::HttpServerCounts operator()() const {
    const std::lock_guard lock(mutex_);
    return counts_ ? counts_() : net::HttpServerCounts{};
  }

 private:
  mutable std::mutex mutex_;
  std::function<net::HttpServerCounts()> counts_;
};

struct Parts {
  explicit Parts(ApiContext given)
      : context(std::move(given)), guard(context.access), hub(context.store, context.access) {}
  ApiContext context;
  Guard guard;
  Metrics metrics;
  CopyCache copies;
  FeedHub hub;
  ServerCounts serverCounts;
};

// Reads in one snapshot and gives what the function gives.
template <typename Function>
auto readFrom(store::Store& store, Function&& function) -> std::invoke_result_t<Function, store::Reader&> {
  using Given = std::invoke_result_t<Function, store::Reader&>;
  std::optional<Given> given;
  CHECK_OK(store.read([&](store::Reader& reader) -> Outcome {
    given.emplace(function(reader));
    if (!*given) return fail(given->error());
    return {};
  }));
  return std::move(*given);
}

}  // namespace postgang::api
