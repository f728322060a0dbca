// Files that are made beside the store, one after another, by one thread: leaving customers' archives
// (archives.h), exports of lists (document_exports.h). Each is named by its id, written under another name
// and renamed when it is whole, so that what has the name can be given out.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/id.h"
#include "base/problem.h"

namespace postgang::flow {

class MadeFiles {
 public:
  // An empty folder: none are made here.
  // Room that is left on the disk for what others write there, the store among them.
  static constexpr std::int64_t reserve_bytes = 1'000'000'000;
  explicit MadeFiles(std::string folder, std::int64_t reserve = reserve_bytes)
      : folder_(std::move(folder)), reserve_(reserve) {}
  ~MadeFiles() { stop(); }
  MadeFiles(const MadeFiles&) = delete;
  MadeFiles& operator=(const MadeFiles&) = delete;

  bool isOn() const { return !folder_.empty(); }
  // `next` does what is to be done next, and answers whether there was anything: it is called until there is
  // not, and again with wake() and each minute. Once, where isOn().
  void start(std::function<bool()> next);
  void wake();
  bool isStopping() const;
  void stop();  // waits for `next`, which asks isStopping()

  bool has(const Uuid& id) const;
  std::string named(const Uuid& id) const;
  // Whether more than the reserve is free. Code zip-not-written. Asked by make(), and by whoever writes long.
  Outcome hasRoom() const;
  // `write` writes the file that it is given; what fails leaves none. How many bytes. Code zip-not-written
  // and those of `write`.
  Result<std::int64_t> make(const Uuid& id,
                            const std::function<Outcome(const std::string& part)>& write) const;
  Outcome remove(const Uuid& id) const;  // also one that is not there
  // Files whose id is none of those that `isKept` keeps, left by a process that died.
  Outcome removeOthers(const std::function<Result<bool>(const Uuid& id)>& isKept) const;

 private:
  void run();
  const std::string folder_;
  const std::int64_t reserve_;
  std::function<bool()> next_;
  mutable std::mutex mutex_;
  std::condition_variable came_;
  bool stopping_ = false, woken_ = true;
  std::thread thread_;
};

}  // namespace postgang::flow
