#include "flow/compiled_filters.h"

#include "rules/demand_json.h"

namespace postgang::flow {

namespace {

Result<rules::Filter> compiled(std::string_view text) {
  auto reading = rules::parseDemands(text);
  if (!reading.problems.empty()) return fail(std::move(reading.problems.front()));
  return rules::Filter::compile(std::move(reading.demands));
}

}  // namespace

Result<rules::Filter> CompiledFilters::of(const Digest& digest,
                                          const std::function<Result<std::string>()>& rules) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = byDigest_.find(digest); found != byDigest_.end()) {
      kept_.splice(kept_.begin(), kept_, found->second);
      return found->second->second;
    }
  }
  // Outside the lock: two threads may compile the same once each, and nobody waits for the other.
  TRY(const auto text, rules());
  TRY(auto filter, compiled(text));
  const std::lock_guard lock(mutex_);
  if (byDigest_.contains(digest)) return filter;
  kept_.emplace_front(digest, filter);
  byDigest_.emplace(digest, kept_.begin());
  if (kept_.size() > filters_max_) {
    byDigest_.erase(kept_.back().first);
    kept_.pop_back();
  }
  return filter;
}

std::size_t CompiledFilters::size() const {
  const std::lock_guard lock(mutex_);
  return kept_.size();
}

}  // namespace postgang::flow
