// The demo world goes on living while the server runs: every few seconds somebody sends what they would have
// sent about now, and receivers open some of what has come to them; letters go to the print house at the
// cut-off, and it answers; invoices go to banks, and payers apply for them there. Now and then something is
// stopped and put right some minutes later, but never where somebody can sign in: that is left for them.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/demo/customs.h"
#include "app/demo/deeds.h"
#include "app/demo/errands.h"
#include "app/demo/outside.h"
#include "app/demo/people.h"
#include "app/demo/recipients.h"
#include "app/demo/sender.h"

namespace postgang::app::demo {

// What `postgang demo` leaves in the data folder, so that the same world is found again.
struct WorldFile {
  std::uint64_t seed = 1;
};
Outcome writeWorldFile(const std::string& dataFolder, const WorldFile& file);
Result<WorldFile> readWorldFile(const std::string& dataFolder);  // code not-a-demo-world

class LiveTraffic {
 public:
  // `outside` stands in for what `house` has no real road to.
  LiveTraffic(House& house, Outside outside, const WorldFile& file);
  ~LiveTraffic();  // stop()
  LiveTraffic(const LiveTraffic&) = delete;
  LiveTraffic& operator=(const LiveTraffic&) = delete;

  // Code not-a-demo-world.
  Outcome start();
  void stop();

 private:
  struct Delivered {
    std::size_t company;  // the receiver's index in the world
    DocumentId document;
  };
  struct Waiting {  // with a strict receiver, or stopped on its way to it
    Mailing mailing;
    DocumentId document;
    Instant sentAt;
  };
  struct Wrong {
    int relation;
    std::string number;
  };
  void live();
  bool waitSeconds(int seconds);  // false: stopping
  Outcome numbersGoOn();
  void sendOne();
  Result<DocumentId> handOver(const Mailing& mailing);  // nil: its sender was told why not
  Mailing nextMailing();
  std::optional<Mailing> slip();
  void arrived(std::size_t buyer, DocumentId document);
  void seeToWaiting();
  void doWhatIsDue();
  void openOne();
  void seeToMail();
  void doErrands();

  House& house_;
  const Outside outside_;
  const std::shared_ptr<PostOffice> office_;
  const World world_;
  People people_;
  Sender sender_;
  Random random_;
  std::optional<Clerks> clerks_;
  Customs customs_;
  Recipients recipients_;
  Errands errands_;
  std::vector<Errand> toDo_;
  std::vector<Visit> visits_;    // not made yet
  Instant printedAt_;            // when the print house last looked
  std::vector<int> strict_;      // relations that can be stopped
  std::vector<int> households_;  // and those with private persons
  std::deque<Waiting> waiting_;
  std::vector<PlannedDeed> deeds_;
  std::deque<Delivered> unopened_;
  std::deque<Wrong> wrong_;  // went wrong and will come again, right
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace postgang::app::demo
