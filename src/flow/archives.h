// Archives that are made, one after another, and taken away when their time is out (made_files.h). Where they
// stand is told by the store (store/archives.h), so that any node can say it; the file lies on the node that
// made it, unless the folder is shared.
#pragma once

#include <deque>
#include <mutex>
#include <string>

#include "flow/leaving.h"
#include "flow/made_files.h"
#include "store/archives.h"
#include "store/store.h"

namespace postgang::flow {

class Archives {
 public:
  static constexpr std::int64_t kept_seconds = 14 * 24 * 3600;
  static constexpr std::size_t waiting_max = 4;
  static constexpr std::int64_t silent_seconds = 3600;  // not heard of for so long, one that is made has died

  // An empty folder: none are made here.
  Archives(store::Store& store, const Clock& clock, IdMaker& ids, std::string folder);
  ~Archives();  // stop()
  Archives(const Archives&) = delete;
  Archives& operator=(const Archives&) = delete;

  // Codes: archives-off (conflict); archive-under-way (conflict): the company's is being made; archives-busy
  // (rate_limited).
  Result<store::Archive> start(const LeavingOrder& order);
  // Where it lies. Code archive-not-here (unavailable): made by another node, or gone from the disk.
  Result<std::string> fileOf(const store::Archive& archive) const;
  // Removes what is too old and says of what died that it did. Called each minute.
  Outcome sweep();
  void stop();  // what is under way is given up, and said to have failed

 private:
  struct Waiting {
    store::Archive archive;
    LeavingOrder order;
  };
  bool makeNext();
  void make(Waiting& waiting);
  Outcome keep(const store::Archive& archive);

  store::Store& store_;
  const Clock& clock_;
  IdMaker& ids_;
  std::mutex mutex_;
  std::deque<Waiting> waiting_;
  MadeFiles files_;
};

}  // namespace postgang::flow
