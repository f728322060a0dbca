#include "flow/sending_lanes.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"

namespace postgang::flow {

namespace {

constexpr std::size_t hosts_max = 4096;  // of which something is known
constexpr std::size_t words_points_max = 200;
constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t line_seconds_max = 60;  // those that wait ask again within so long
constexpr std::int64_t wait_us_min = second / 5;

// 0 … `below` - 1, the same for the same seed: a simulated world stays the same.
std::int64_t spread(std::int64_t seed, std::int64_t below) {
  const auto mixed = (static_cast<std::uint64_t>(seed) + 1) * 0x9e3779b97f4a7c15U;
  return below <= 0 ? 0 : static_cast<std::int64_t>((mixed >> 20) % static_cast<std::uint64_t>(below));
}

}  // namespace

SendingLanes::SendingLanes(LaneSettings settings, const Clock& clock) : settings_(settings), clock_(clock) {}

SendingLanes::~SendingLanes() {
  stop();
}

SendingLanes::Slot::~Slot() {
  lanes_.giveBack(*this);
}

void SendingLanes::Slot::heard(bool silent, std::string_view words) {
  lanes_.heard(*this, silent, words);
}

bool SendingLanes::hasRoom(const Host& host, bool here, Instant now) const {
  if (here) return true;
  const int out = host.standing == unknown ? youngUnknown(now) : byStanding_[host.standing];
  if (reserved_ >= settings_.threads || out >= shareOf(host.standing)) return false;
  const int unproved = byStanding_[unknown] + byStanding_[suspect];
  const int unproved_max = std::max(1, settings_.threads * settings_.unproved_percent / 100);
  if (host.standing != answers && unproved >= unproved_max) return false;
  return host.inFlight < (host.standing == answers ? settings_.perHost : 1);
}

int SendingLanes::youngUnknown(Instant now) const {
  const auto since = now.plusMicroseconds(-1000LL * settings_.patience_milliseconds);
  return static_cast<int>(std::distance(unknownSince_.upper_bound(since), unknownSince_.end()));
}

int SendingLanes::shareOf(Standing standing) const {
  if (standing == answers) return settings_.threads;
  const int percent = standing == unknown ? settings_.unknown_percent : settings_.suspect_percent;
  return std::max(1, settings_.threads * percent / 100);
}

// A host that is left alone; when its time is over one attempt is made, and the rest waits for that.
std::optional<SendingLanes::Turn> SendingLanes::paused(const Host& host, std::int64_t seed,
                                                       Instant now) const {
  if (host.silences < settings_.silences_max) return std::nullopt;
  const bool tried = host.inFlight > 0;
  if (now >= host.silentUntil && !tried) return std::nullopt;
  Turn turn;
  turn.words = host.words;
  turn.dead = now >= host.silentSince.plusSeconds(settings_.giveUp_seconds);
  const auto pause = settings_.pause_seconds * second;
  turn.later =
      std::max(host.silentUntil, now.plusMicroseconds(pause / 2)).plusMicroseconds(spread(seed, pause));
  return turn;
}

// The place in line: as far away as those before it need, so that each is put off once and not again and
// again.
SendingLanes::Turn SendingLanes::wait(Host& host, std::int64_t seed, Instant now) const {
  const auto atOnce = host.standing == answers ? std::max(1, settings_.perHost) : 1;
  // One that has kept another waiting for long will do so for a while yet.
  const auto busy_us = host.inFlight > 0 ? now.microseconds - host.busySince.microseconds : 0;
  const auto soonest = now.plusMicroseconds(std::max(wait_us_min, busy_us / 2));
  const auto latest = now.plusSeconds(line_seconds_max);
  host.lineEnds = std::max(host.lineEnds, soonest).plusMicroseconds(host.typical_us / atOnce);
  if (host.lineEnds > latest) host.lineEnds = latest;
  Turn turn;
  turn.words = "its host has as much to do as it takes at once";
  turn.later = host.lineEnds.plusMicroseconds(spread(seed, wait_us_min));
  return turn;
}

SendingLanes::Turn SendingLanes::reserve(std::string_view name, std::int64_t seed, bool here) {
  const std::lock_guard lock(mutex_);
  here = here || threads_.empty();
  auto found = hosts_.find(name);
  if (found == hosts_.end()) {
    forgetSome();
    found = hosts_.emplace(std::string(name), Host()).first;
  }
  auto& host = found->second;
  const auto now = clock_.now();
  if (auto turn = paused(host, seed, now)) return std::move(*turn);
  if (!hasRoom(host, here, now)) return wait(host, seed, now);
  if (host.inFlight++ == 0) host.busySince = now;
  if (!here) {
    ++reserved_;
    ++byStanding_[host.standing];
    if (host.standing == unknown) unknownSince_.insert(now);
  }
  const std::shared_ptr<Slot> slot(new Slot(*this, found->first, !here, host.standing));
  slot->givenAt_ = now;
  return {slot, {}, false, {}};
}

void SendingLanes::giveBack(const Slot& slot) {
  {
    const std::lock_guard lock(mutex_);
    --hosts_.find(slot.host_)->second.inFlight;
    if (slot.pooled_) {
      --reserved_;
      --byStanding_[slot.standing_];
      if (slot.standing_ == unknown) unknownSince_.erase(unknownSince_.find(slot.givenAt_));
    }
  }
  changed_.notify_all();
}

void SendingLanes::heard(const Slot& slot, bool silent, std::string_view words) {
  const std::lock_guard lock(mutex_);
  auto& host = hosts_.find(slot.host_)->second;
  const auto now = clock_.now();
  const auto took = monotonicMicroseconds() - slot.startedAt_;
  host.typical_us = (host.typical_us * 7 + took) / 8;
  if (!silent) {
    host.silences = 0;
    host.standing = took < settings_.slow_milliseconds * 1000LL ? answers : suspect;
    return;
  }
  host.standing = suspect;
  if (host.silences == 0) host.silentSince = now;
  ++host.silences;
  host.words = truncated(withoutControls(words), words_points_max);
  const auto more = std::clamp(host.silences - settings_.silences_max, 0, 20);
  const auto pause = std::min(settings_.pause_seconds << more, settings_.pauseMax_seconds);
  host.silentUntil = now.plusSeconds(pause);
}

int SendingLanes::free() const {
  const std::lock_guard lock(mutex_);
  return threads_.empty() ? settings_.threads : std::max(0, settings_.threads - reserved_);
}

void SendingLanes::run(std::shared_ptr<Slot> slot, std::function<void()> task) {
  slot->startedAt_ = monotonicMicroseconds();
  if (!slot->pooled_) return task();
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back({std::move(slot), std::move(task)});
  }
  given_.notify_one();
}

// There are never more tasks than threads: each has its slot.
void SendingLanes::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    given_.wait(lock, [&] { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task.slot->startedAt_ = monotonicMicroseconds();
    task.run();
    task = {};  // gives the slot back
    lock.lock();
  }
}

void SendingLanes::start() {
  const std::lock_guard lock(mutex_);
  if (!threads_.empty()) return;
  stopping_ = false;
  for (int i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { work(); });
}

void SendingLanes::stop() {
  std::vector<std::thread> ending;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    ending.swap(threads_);
  }
  given_.notify_all();
  for (auto& thread : ending) thread.join();
}

bool SendingLanes::isIdle() const {
  const std::lock_guard lock(mutex_);
  return reserved_ == 0;
}

void SendingLanes::waitUntilIdle() const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return reserved_ == 0; });
}

std::vector<DownHost> SendingLanes::hostsDown() const {
  const std::lock_guard lock(mutex_);
  std::vector<DownHost> down;
  for (const auto& [name, host] : hosts_)
    if (host.silences >= settings_.silences_max)
      down.push_back({name, host.silentSince, host.silentUntil, host.silences, host.words});
  return down;
}

// Of hosts that answer nothing need be known.
void SendingLanes::forgetSome() {
  if (hosts_.size() < hosts_max) return;
  std::erase_if(hosts_,
                [](const auto& each) { return each.second.inFlight == 0 && each.second.silences == 0; });
  // All of them silent: those of which it was heard longest ago.
  while (hosts_.size() >= hosts_max) {
    const auto oldest = std::min_element(hosts_.begin(), hosts_.end(), [](const auto& a, const auto& b) {
      if ((a.second.inFlight > 0) != (b.second.inFlight > 0)) return b.second.inFlight > 0;
      return a.second.silentUntil < b.second.silentUntil;
    });
    if (oldest->second.inFlight > 0) return;
    hosts_.erase(oldest);
  }
}

}  // namespace postgang::flow
