// Mail and letters of the demo world, which never leave the machine: a mail server that is a function, and
// the simulated print house (channels/print_house.h) at a folder of the data's, to which letters go over real
// SFTP (loopback_sftp.h). Only what comes from outside is made up here; everything else is done by the
// channels and the flow as with real ones.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/demo/loopback_sftp.h"
#include "app/demo/random.h"
#include "channels/mailing.h"
#include "channels/print_house.h"
#include "flow/flow.h"
#include "net/file_drop.h"
#include "store/store.h"

namespace postgang::app::demo {

// A Smartmail that lies in somebody's inbox.
struct ArrivedMail {
  std::string address;
  std::string token;        // of the link in it
  std::string comesBackTo;  // its envelope's sender
  bool again = false;       // this address has had one of this delivery before
};

// What links in mail begin with where nothing else is said.
inline constexpr const char* public_url = "https://postgang.example";

class PostOffice {
 public:
  // `publicUrl` is what links in its mail begin with. Where the data folder's name is none that a drop can
  // have (net/file_drop.h), there is no print house; where sshd is not installed, letters are laid in its
  // folder instead. Both are said in the log. Codes: the drop's.
  // Without `paper` there is none either: letters go to a print house that is set up.
  static Result<std::shared_ptr<PostOffice>> open(std::uint64_t seed, const std::string& dataFolder,
                                                  std::string publicUrl, bool paper = true);

  // Takes the place of a mail server and a print house that are not set up.
  static void standIn(const std::shared_ptr<PostOffice>& office, flow::FlowSettings& settings);

  // Where letters are handed over: "sftp://…", "file://…", or "" where there is no print house.
  const std::string& paperRoad() const { return road_; }
  // What has come since the last time; an older one is let go where nobody asks.
  std::vector<ArrivedMail> arrived();
  // Some mail was put off, and will be sent again in a minute or two. Asking ends it.
  bool wasBusy();
  // The print house looks at what lies there, and answers what is due by now.
  Outcome printRound(Instant now);
  // Where looking for its receipts is due: not before `until`, when its next round may write some.
  Outcome letReceiptsRest(store::Store& store, Instant until);

 private:
  PostOffice(std::uint64_t seed, std::string publicUrl) : publicUrl_(std::move(publicUrl)), random_(seed) {}
  Outcome openRoad(const std::string& folder, const std::string& keys);
  net::SmtpAnswer take(const net::Envelope& envelope, std::string_view message);
  std::optional<net::SmtpAnswer> turnedAway(const std::string& address);
  void keep(const net::Envelope& envelope, std::string_view message);

  const std::string publicUrl_;
  std::shared_ptr<const net::FileDrop> houseDrop_;  // the house's own disk
  std::unique_ptr<LoopbackSftp> server_;
  std::shared_ptr<const net::FileDrop> drop_;  // as its customer sees it
  std::string road_;
  std::optional<channels::PrintHouse> house_;
  std::mutex mutex_;
  Random random_;
  std::int64_t taken_ = 0;
  bool busy_ = false;
  std::deque<ArrivedMail> arrived_;
  std::set<std::string> known_;  // addresses of deliveries
};

// The message by which a mail server says later that this mail did not arrive.
std::string deliveryReport(const ArrivedMail& mail, std::string_view words, Instant now);

}  // namespace postgang::app::demo
