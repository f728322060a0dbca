// Threads that take work from one bounded queue, oldest first. Work that finds the queue full is refused at
// once: the caller says so to whoever asked, instead of letting everybody wait longer and longer.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace postgang::net {

class WorkerPool {
 public:
  WorkerPool(std::size_t threads, std::size_t queueMax);
  ~WorkerPool();  // stop()
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  bool submit(std::function<void()> work);  // false: the queue is full, or stopped. Work must not throw
  void stop();                              // what is queued is done first, then the threads end
  std::size_t queued() const;
  std::size_t running() const;

 private:
  void run();

  const std::size_t thread_count_;
  const std::size_t queue_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  std::size_t running_ = 0;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace postgang::net
