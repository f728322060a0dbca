#include "net/server_state.h"

#include <utility>

#include "base/bytes.h"

namespace postgang::net {

ServerState::ServerState(HttpServerConfig given)
    : config(std::move(given)),
      workers(config.workers, config.limits.queuedRequests),
      prefix_(hex(randomBytes(4))) {}

bool ServerState::enter(const std::string& address) {
  const std::lock_guard lock(mutex_);
  const auto cap = config.limits.connectionsPerAddress;
  if (stopping || connections_ >= config.limits.connections) return false;
  auto& here = perAddress_[address];
  if (cap > 0 && here >= cap) return false;
  ++connections_;
  ++here;
  return true;
}

void ServerState::leave(const std::string& address) {
  const std::lock_guard lock(mutex_);
  --connections_;
  if (const auto found = perAddress_.find(address); --found->second == 0) perAddress_.erase(found);
  if (connections_ == 0) allLeft_.notify_all();
}

bool ServerState::awaitEmpty(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return allLeft_.wait_for(lock, patience, [&] { return connections_ == 0; });
}

bool ServerState::beginStopping() {
  const std::lock_guard lock(mutex_);
  return !stopping.exchange(true);
}

std::string ServerState::nextRequestId() {
  return prefix_ + "-" + std::to_string(++requests_);
}

HttpServerCounts ServerState::counts() const {
  const std::lock_guard lock(mutex_);
  return {connections_, streams, workers.queued(), workers.running(), bodiesBytes};
}

}  // namespace postgang::net
