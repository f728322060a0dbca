#include "render/contained.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <exception>

#include "base/time.h"

namespace postgang::render {
namespace {

constexpr int look_every_ms = 10;  // at the child's memory

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  operator int() const { return number_; }  // NOLINT: it is one
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

bool writeAll(int to, const char* bytes, std::size_t size) {
  while (size > 0) {
    const auto count = ::write(to, bytes, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

[[noreturn]] void beChild(const std::function<std::string()>& work, int answerTo, const Bounds& bounds) {
  ::signal(SIGPIPE, SIG_IGN);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  // Whatever becomes of the parent, this process ends.
  const auto seconds = static_cast<rlim_t>(bounds.time.count() / 1000 + 2);
  const rlimit time{seconds, seconds};
  ::setrlimit(RLIMIT_CPU, &time);
  bool answered = false;
  try {
    const std::string answer = work();
    const std::uint64_t size = answer.size();
    answered = writeAll(answerTo, reinterpret_cast<const char*>(&size), sizeof size) &&
               writeAll(answerTo, answer.data(), answer.size());
  } catch (const std::exception&) {
    answered = false;
  }
  ::_exit(answered ? 0 : 1);
}

// Bytes of memory that a process holds; 0 where it cannot be seen.
std::size_t residentBytes(pid_t process) {
  const auto path = "/proc/" + std::to_string(process) + "/statm";
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file < 0) return 0;
  char text[128];
  const auto size = ::read(file, text, sizeof text);
  if (size <= 0) return 0;
  const char* end = text + size;
  const auto* blank = static_cast<const char*>(std::memchr(text, ' ', static_cast<std::size_t>(size)));
  std::size_t pages = 0;
  if (!blank || std::from_chars(blank + 1, end, pages).ec != std::errc()) return 0;
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

// Reads the answer, which begins with its size: a child of another thread may hold the pipe's other end too,
// so its end is not what tells that all has come.
class Waiting {
 public:
  Waiting(pid_t child, int answerFrom, const Bounds& bounds)
      : child_(child), from_(answerFrom), bounds_(bounds), begunWith_(residentBytes(child)) {}

  Contained run() {
    const Descriptor ended(static_cast<int>(::syscall(SYS_pidfd_open, child_, 0)));
    const auto until = monotonicMicroseconds() + bounds_.time.count() * 1000;
    for (;;) {
      std::array<pollfd, 2> waiting{{{from_, POLLIN, 0}, {ended, POLLIN, 0}}};
      ::poll(waiting.data(), waiting.size(), look_every_ms);
      if (waiting[0].revents & POLLIN) {
        if (!take()) return {};
        if (whole()) return {Ending::done, std::move(answer_)};
      } else if (waiting[1].revents != 0 || waiting[0].revents != 0) {
        return {};
      }
      if (residentBytes(child_) > begunWith_ + bounds_.memory) return {Ending::over_memory, {}};
      if (monotonicMicroseconds() > until) return {Ending::over_time, {}};
    }
  }

 private:
  bool whole() const { return taken_ == sizeof size_ && answer_.size() == size_; }

  bool take() {
    if (taken_ < sizeof size_) {
      const auto count = ::read(from_, reinterpret_cast<char*>(&size_) + taken_, sizeof size_ - taken_);
      if (count <= 0) return count < 0 && errno == EINTR;
      taken_ += static_cast<std::size_t>(count);
      return taken_ < sizeof size_ || size_ <= bounds_.answer;
    }
    char buffer[65'536];
    const auto room = std::min<std::uint64_t>(sizeof buffer, size_ - answer_.size());
    const auto count = ::read(from_, buffer, room);
    if (count <= 0) return count < 0 && errno == EINTR;
    answer_.append(buffer, static_cast<std::size_t>(count));
    return true;
  }

  pid_t child_;
  int from_;
  const Bounds& bounds_;
  std::size_t begunWith_;
  std::uint64_t size_ = 0;
  std::size_t taken_ = 0;  // of size_
  std::string answer_;
};

}  // namespace

Contained contained(const std::function<std::string()>& work, const Bounds& bounds) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const Descriptor from(ends[0]);
  Descriptor to(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) return {};
  if (child == 0) beChild(work, to, bounds);
  to.close();
  auto result = Waiting(child, from, bounds).run();
  ::kill(child, SIGKILL);
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) continue;
  return result;
}

}  // namespace postgang::render
