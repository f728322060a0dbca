// Who has been told something, or more of it, since the last look: for the stream, whose clients then read
// their notifications anew. A look costs one reading of the newest rows, whoever listens; each change is
// named once, also one whose commit came late.
#pragma once

#include <cstdint>
#include <map>
#include <set>

#include "store/notifications.h"

namespace postgang::api {

class NewsWatch {
 public:
  // Those whose rows have changed since the last call; nobody at the first.
  Result<std::set<UserId>> changed(store::Reader& reader);
  void forget() { begun_ = false; }  // there is nobody who listens

 private:
  struct Seen {
    std::int64_t count = 0;
    Instant at;
  };
  bool begun_ = false;
  Instant since_;
  std::map<store::NotificationId, Seen> seen_;
};

}  // namespace postgang::api
