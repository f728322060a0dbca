// What the routes share, inside api/ only.
#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "access/provider_sign_in.h"
#include "api/api.h"
#include "api/copy_cache.h"
#include "api/export_filter.h"
#include "api/feed_hub.h"
#include "api/guard.h"
#include "api/metrics.h"
#include "flow/archives.h"
#include "flow/demands.h"
#include "flow/document_exports.h"
#include "flow/register_imports.h"
#include "insight/filter_trial.h"
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

inline Result<std::vector<rules::Finding>> judgeOnHistory(store::Reader& reader, CompanyId receiver,
                                                          const rules::Filter& filter,
                                                          const document::BusinessDocument& document,
                                                          DocumentId root, Instant at) {
  return flow::findingsBy(filter, reader, receiver, document, root, at);
}

struct Parts {
  explicit Parts(ApiContext given)
      : context(std::move(given)),
        limiter(context.rateLimits),
        recorder(context.store, context.clock),
        guard(context.access, limiter, &recorder),
        hub(context.store, context.access),
        ids(context.clock),
        imports(context.store, context.clock, ids),
        archives(context.store, context.clock, ids, context.archiveFolder),
        exports(context.store, context.clock, ids, context.exportFolder, readExportFilter),
        trials(context.store, context.clock, ids, judgeOnHistory),
        providerSignIns(context.store, context.access, context.vault, context.identityProviders) {}
  ApiContext context;
  RateLimiter limiter;
  AuditRecorder recorder;
  Guard guard;
  Metrics metrics;
  CopyCache copies;
  FeedHub hub;
  ServerCounts serverCounts;
  IdMaker ids;
  flow::RegisterImports imports;
  flow::Archives archives;
  flow::DocumentExports exports;
  insight::Trials trials;
  access::ProviderSignIns providerSignIns;
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
