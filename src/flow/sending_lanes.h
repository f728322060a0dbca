// Sending lanes: what leaves the house is sent on a bounded pool of threads, with a lane for each host, so
// that a host that hangs holds up nobody but its own mail.
//
//   auto turn = lanes.reserve("mx.mejl.example", job.id, here);
//   if (!turn.slot) postpone the job until turn.later …
//   commit that the attempt has begun
//   lanes.run(turn.slot, [slot] { …; slot->heard(silent, words); });
//
// A slot is a thread of the pool. It is reserved before the attempt is committed, so that nothing stands in
// line with its lease running out. To one host go at most `perHost` at once. Hosts that have not been heard
// of yet share a part of the pool (one that keeps us waiting leaves its place in it to the next), those that
// were silent or slow the last time a smaller one, and each of them has one turn at a time. A host that is
// silent `silences_max` times in a row is left alone for a while, longer each time: then one attempt is made,
// and the rest wait for it. One that has been silent for `giveUp_seconds` is `dead`: its mail need not wait
// any longer.
//
// What is known of hosts is this process's own and begins anew with it. Instants are the injected clock's.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/time.h"

namespace postgang::flow {

struct LaneSettings {
  int threads = 128;
  int perHost = 16;                  // at once, to a host that answers
  int unknown_percent = 50;          // of the threads: for hosts that have not been heard of yet …
  int suspect_percent = 10;          // … and for those that were silent or slow the last time
  int unproved_percent = 80;         // for both, with those that are still waited for
  int patience_milliseconds = 1000;  // then one that has not been heard of leaves its place to the next
  int slow_milliseconds = 3000;
  int silences_max = 3;
  std::int64_t pause_seconds = 30, pauseMax_seconds = 900;  // doubled for each silence more
  std::int64_t giveUp_seconds = 24 * 3600;
};

struct DownHost {
  std::string host;
  Instant since, nextTry;
  int silences = 0;
  std::string words;  // of the last attempt
};

class SendingLanes {
 public:
  SendingLanes(LaneSettings settings, const Clock& clock);
  ~SendingLanes();  // stop()
  SendingLanes(const SendingLanes&) = delete;
  SendingLanes& operator=(const SendingLanes&) = delete;

  // A turn at a host; given back when it is destroyed.
  class Slot {
   public:
    ~Slot();
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    // Whether the host answered at all. Not said: nothing was sent.
    void heard(bool silent, std::string_view words);

   private:
    friend class SendingLanes;
    Slot(SendingLanes& lanes, std::string host, bool pooled, int standing)
        : lanes_(lanes), host_(std::move(host)), pooled_(pooled), standing_(standing) {}
    SendingLanes& lanes_;
    const std::string host_;
    const bool pooled_;
    const int standing_;
    Instant givenAt_;
    std::int64_t startedAt_ = 0;  // monotonic microseconds
  };

  struct Turn {
    std::shared_ptr<Slot> slot;
    Instant later;      // without a slot: when to ask again
    bool dead = false;  // the host has been silent for too long
    std::string words;  // why
  };
  // `here`: it will be sent in the calling thread, which no other waits for; only a silent host is left alone
  // then. `seed` spreads those that wait.
  Turn reserve(std::string_view host, std::int64_t seed, bool here);
  // How many may be reserved now at most.
  int free() const;

  // Runs it in the pool, or at once where the slot is the caller's own.
  void run(std::shared_ptr<Slot> slot, std::function<void()> task);

  void start();  // threads; without them every slot is the caller's own
  void stop();   // what is being sent is finished
  bool isIdle() const;
  void waitUntilIdle() const;
  std::vector<DownHost> hostsDown() const;

 private:
  enum Standing { answers, unknown, suspect };
  struct Host {
    int inFlight = 0;
    Standing standing = unknown;
    Instant busySince;  // while something is under way to it
    int silences = 0;
    Instant silentSince, silentUntil;
    std::string words;
    std::int64_t typical_us = 200'000;  // how long a turn takes
    Instant lineEnds;                   // when the last of those that wait may come
  };
  struct Task {
    std::shared_ptr<Slot> slot;
    std::function<void()> run;
  };
  void work();
  void giveBack(const Slot& slot);
  void heard(const Slot& slot, bool silent, std::string_view words);
  bool hasRoom(const Host& host, bool here, Instant now) const;
  int shareOf(Standing standing) const;
  Turn wait(Host& host, std::int64_t seed, Instant now) const;
  std::optional<Turn> paused(const Host& host, std::int64_t seed, Instant now) const;
  void forgetSome();

  const LaneSettings settings_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::condition_variable given_;
  std::map<std::string, Host, std::less<>> hosts_;
  std::deque<Task> tasks_;
  std::vector<std::thread> threads_;
  int youngUnknown(Instant now) const;
  int reserved_ = 0;                     // pooled slots that are out …
  int byStanding_[3]{};                  // … and to hosts of which standing
  std::multiset<Instant> unknownSince_;  // when those to unknown hosts were given
  bool stopping_ = false;
};

}  // namespace postgang::flow
