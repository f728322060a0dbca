// Filters compiled once: rules that say the same are the same filter, whoever's they are and however often
// they are asked for. Known by the SHA-256 of their text, so nothing that is kept here can be out of date.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "rules/filter.h"

namespace postgang::flow {

class CompiledFilters {
 public:
  explicit CompiledFilters(std::size_t filters_max) : filters_max_(filters_max) {}

  // `rules` is asked for their text only when they are not known. Codes: those of rules::parseDemands
  // and compile.
  Result<rules::Filter> of(const Digest& digest, const std::function<Result<std::string>()>& rules);
  std::size_t size() const;

 private:
  using Kept = std::list<std::pair<Digest, rules::Filter>>;  // the last used first
  const std::size_t filters_max_;
  mutable std::mutex mutex_;
  Kept kept_;
  std::map<Digest, Kept::iterator> byDigest_;
};

}  // namespace postgang::flow
