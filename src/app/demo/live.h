// Demo traffic while the server runs: a new document every few seconds, most of them from or to the group,
// some opened a little later, so that the portal lives. A thread of its own.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>

#include "app/demo/people.h"
#include "app/demo/sender.h"

namespace postgang::app::demo {

class LiveTraffic {
 public:
  // The store holds the world of this seed. Codes: not-a-demo-world.
  static Result<std::unique_ptr<LiveTraffic>> start(House& house, std::uint64_t seed);
  ~LiveTraffic();  // stop()
  void stop();

 private:
  LiveTraffic(House& house, std::uint64_t seed);

  struct Opening {
    std::int64_t at_turn = 0;
    DocumentId document;
    int company = 0;
  };
  void run();
  void turn();
  void sendOne();
  void openDue();
  int chooseRelation();
  void catchUpWith(int company);
  void follow(DocumentId document, const Relation& relation);

  House& house_;
  const World world_;
  People people_;
  Sender sender_;
  Random random_;
  std::set<int> caughtUp_;  // sellers whose numbers are known to run on
  std::deque<Opening> openings_;
  std::int64_t turn_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace postgang::app::demo
