// One thread that reads the store's feed and hands what is new to every client of /stream.
//
// Nothing is skipped and nothing comes twice: a client joins with a cursor (the last it has seen, or the
// feed's end at that moment) and is behind. At its next turn the thread, within one snapshot, first brings
// the ones behind up to that snapshot's end, then hands the new items to the ones that were up to date; after
// that all are equal. Positions are the feed's opaque cursors; the hub never compares two.
//
// To whom something was told that is theirs alone (store/notifications.h) hears that there is something: an
// event without data and without a place in the feed. Of tickets (ticket_watch.h) those hear who may read
// them, in an event without a place, too: who comes back reads its tickets anew.
//
// Store::waitForCommit is a hint that wakes the thread; it looks twice a second anyway, because another node
// or the command line may have written.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "access/access.h"
#include "api/news_watch.h"
#include "api/ticket_watch.h"
#include "net/event_stream.h"
#include "store/feed.h"
#include "store/store.h"

namespace postgang::api {

class FeedHub {
 public:
  FeedHub(store::Store& store, access::Access& access);
  ~FeedHub();  // stop()
  FeedHub(const FeedHub&) = delete;
  FeedHub& operator=(const FeedHub&) = delete;

  struct Credentials {  // shown again every now and then: a stream ends with its session
    std::string sessionToken;
    std::string key;
  };
  // `cursor` empty: from now on. Starts the thread with the first client.
  Result<std::shared_ptr<net::EventStream>> join(access::CallerPointer caller, Credentials credentials,
                                                 std::string cursor);
  std::size_t clients() const;
  void stop();

 private:
  struct Client {
    std::shared_ptr<net::EventStream> stream;
    access::CallerPointer caller;
    Credentials credentials;
    std::string cursor;  // while behind
    bool behind = true;
    std::int64_t askedAgainAt = 0;  // monotonic microseconds: when the caller was last looked up
  };
  void run();
  void turn();
  Outcome serve(store::Reader& reader, std::vector<Client>& clients);
  Outcome bringUp(store::Reader& reader, Client& client) const;
  Outcome handOutNew(store::Reader& reader, std::vector<Client>& clients);
  Outcome tellOfNews(store::Reader& reader, std::vector<Client>& clients);
  Outcome tellOfTickets(store::Reader& reader, std::vector<Client>& clients);
  void askAgain(Client& client) const;

  store::Store& store_;
  access::Access& access_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Client> joining_;  // not yet seen by the thread
  std::size_t following_ = 0;    // clients the thread has
  bool stopping_ = false;
  std::thread thread_;

  // The thread's own.
  std::vector<Client> clients_;
  std::string position_;  // of those that are up to date; empty while there are none
  NewsWatch news_;
  TicketWatch tickets_;
  std::int64_t newsAskedAt_ = 0;  // monotonic microseconds
};

}  // namespace postgang::api
