// How many leads are taken: from one address, and from all of them together. A person writes one; whoever
// floods the form fills no more than this. When all of it is full, whoever has not written from there before
// is taken all the same, quietly: nobody is told and no mail goes. Counted in this process, by the hour.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/time.h"

namespace postgang::api {

class LeadLimit {
 public:
  static constexpr int address_max = 20;  // an office behind one address, a bad connection that tries again
  static constexpr int site_max = 60;     // of an IPv6 /48
  static constexpr int all_max = 300;
  static constexpr std::size_t addresses_max = 20'000;  // that are remembered; with more, all is full
  static constexpr std::int64_t window_seconds = 3600;

  struct Weight {
    int counts = 1;       // 2: whoever sends no token of the form
    bool caught = false;  // a program's: counts for its own address alone
  };
  enum class Place { told, quiet };
  // Counts it where it is admitted. Code leads-too-many (rate_limited; parameter seconds).
  Result<Place> admit(std::string_view address, Instant now, Weight weight);
  Result<Place> admit(std::string_view address, Instant now) { return admit(address, now, {}); }

 private:
  int countOf(const std::string& subject) const;
  std::mutex mutex_;
  Instant since_;
  int all_ = 0;
  std::map<std::string, int, std::less<>> byAddress_;
};

}  // namespace postgang::api
