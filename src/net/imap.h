// One mailbox, read and emptied over IMAP (RFC 3501), on libcurl: what lies in its INBOX, one message at a
// time, and putting each away in a folder once it has been dealt with.
//
// A password travels only over a connection that is secret and genuine (imaps://, or STARTTLS), or to this
// machine itself. What goes wrong is a value: nothing here loses a message, at worst it is seen again.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang::net {

struct ImapAccount {
  std::string url;  // "imaps://host:993", "imap://host:143" (STARTTLS; plain to this machine alone)
  std::string user, password;
  std::string authorities;  // a file of certificates to believe; empty: the system's
  std::chrono::milliseconds connectTime{10'000};
  std::chrono::milliseconds totalTime{60'000};  // of one command
};

// Codes: imap-url-invalid, imap-user-missing (invalid).
Outcome checkImapAccount(const ImapAccount& account);

struct MailboxEntry {
  std::uint32_t uid = 0;
  std::size_t size = 0;  // in bytes, as the server says
};

// Codes of all its calls, `unavailable` unless said: imap-unreachable (no connection, cut, too slow),
// imap-sign-in-refused, imap-not-secret, imap-refused (the server says no, in its words).
//
// One connection, made anew by each list(): what has come since is seen. For one thread.
class Mailbox {
 public:
  explicit Mailbox(ImapAccount account);
  Mailbox(Mailbox&&) noexcept;
  ~Mailbox();

  // The INBOX, the oldest first; `entries_max` of them.
  Result<std::vector<MailboxEntry>> list();
  static constexpr std::size_t entries_max = 10'000;

  // At most `limit` bytes of it from its beginning; it is marked as seen. Code mail-gone (not_found):
  // somebody else took it away.
  Result<std::string> fetch(const MailboxEntry& entry, std::size_t limit);

  // To another folder, which is made where there is none: by MOVE (RFC 6851), or by COPY and EXPUNGE where
  // the server does not know that. Letters, digits and hyphens alone.
  Outcome move(std::uint32_t uid, std::string_view folder);

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace postgang::net
