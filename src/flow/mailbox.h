// The mailbox that everything comes to: read over IMAP every so often by one node, each message dealt with
// (inbound_mail.h) and put away in a folder of it:
//
//   Postgang-done        it was understood, and what it means is done
//   Postgang-set-aside   nobody here understands it, or it cannot be read: the operator's to look at
//
// A message leaves the INBOX when what it means has been committed. Whatever stops in between (a cut
// connection, a crash) leaves it there, and it is seen again; it counts once all the same. One that cannot be
// dealt with never stops the others.
//
// The lease is a job of kind `mailbox`, which the machine's workers do not do: a slow mail server must not
// hold them up.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "flow/inbound_mail.h"
#include "net/imap.h"

namespace postgang::flow {

struct MailboxSettings {
  net::ImapAccount account;
  int every_seconds = 30;
};

// Since the process began; the last is what was set aside unread.
using MailCounts = std::array<std::int64_t, mail_meanings + 1>;

class MailboxWatch {
 public:
  MailboxWatch(const Tools& tools, const Limits& limits, MailboxSettings settings);
  ~MailboxWatch();  // stop()
  MailboxWatch(const MailboxWatch&) = delete;
  MailboxWatch& operator=(const MailboxWatch&) = delete;

  void start();
  void stop();  // lets the message under way finish
  // Reads what lies there, in the calling thread; the number of messages put away. Codes: net/imap.h's; the
  // store's own.
  Result<std::int64_t> poll();
  MailCounts counts() const;
  // What went wrong with the last poll; empty: nothing.
  std::string trouble() const;

 private:
  void watch();
  Outcome pollByLease();
  Outcome putAway(net::Mailbox& mailbox, const net::MailboxEntry& entry);
  void count(std::size_t what);

  const Tools& tools_;
  const Limits& limits_;
  const MailboxSettings settings_;
  std::mutex polling_;  // one poll at a time
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> stopping_{false};
  MailCounts counts_{};
  std::string trouble_;
  std::thread thread_;
};

}  // namespace postgang::flow
