// Passwords: argon2id (libsodium), kept in its text form. A hash takes tens of megabytes for some tens of
// milliseconds, so only a few are made at once and few callers wait: a flood of log-ins takes neither the
// memory nor the threads that carry the documents.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::access {

struct PasswordCost {
  unsigned long long operations = 2;             // passes over the memory
  std::size_t memoryBytes = 64UL * 1024 * 1024;  // of one hash
  int atOnce_max = 2;                            // hashes under way
  int waiting_max = 4;                           // callers that wait for their turn; more are turned away
};

class Passwords {
 public:
  explicit Passwords(PasswordCost cost);

  // Codes: password-too-short, password-too-long (invalid); sign-in-busy (rate_limited, parameter seconds).
  Result<std::string> hashed(std::string_view password);
  // Whether the password is the one hashed. An empty hash (nobody has this account) takes the same time and
  // answers no. Code sign-in-busy.
  Result<bool> matches(std::string_view hash, std::string_view password);

 private:
  class Turn;
  Result<std::string> hash(std::string_view password) const;

  const PasswordCost cost_;
  const std::string nobodys_;  // hash of a password that nobody knows
  std::mutex mutex_;
  std::condition_variable free_;
  int running_ = 0;
  int waiting_ = 0;
};

}  // namespace postgang::access
