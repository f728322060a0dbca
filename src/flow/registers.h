// Registers outside the house, asked before a road is chosen: all that apply to a recipient at once, each for
// its time-out at most, and none whose kept answer still holds. A register that was silent several times in a
// row is left alone for a while, longer each time: until then its answer is `unknown` at once, so that it
// costs nobody its time-out again. What is known of silence is this process's own.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "channels/outside_register.h"

namespace postgang::flow {

struct RegisterSettings {
  int threads = 16;
  int milliseconds = 3000;  // that one question may take
  int silences_max = 3;
  std::int64_t pause_seconds = 30, pauseMax_seconds = 900;  // doubled for each silence more
  // How long an answer holds that does not say so itself.
  std::int64_t found_seconds = 12 * 3600, absent_seconds = 3600, unknown_seconds = 60;
};

using Registered = std::vector<std::shared_ptr<const channels::OutsideRegister>>;

class Registers {
 public:
  struct Question {
    const channels::OutsideRegister* of = nullptr;
    std::string key;
  };

  Registers(store::Store& store, const Clock& clock, Registered all, RegisterSettings settings = {});
  ~Registers();  // what is being asked is finished
  Registers(const Registers&) = delete;
  Registers& operator=(const Registers&) = delete;

  // What is to be asked about this recipient before its road is chosen; mostly nothing.
  Result<std::vector<Question>> openQuestions(store::Reader& reader,
                                              const channels::Recipient& recipient) const;
  // Asks them all at once and keeps what they say. Never within a transaction. Blocks for as long as the
  // slowest may take.
  Outcome ask(const std::vector<Question>& questions);

 private:
  struct Silence {
    int times = 0;
    Instant until;
  };
  store::Lookup answerTo(const Question& question);
  std::optional<store::Lookup> whilePaused(const Question& question);
  void heard(const Question& question, const store::Lookup& answer);
  void run(std::function<void()> task);
  void work();

  store::Store& store_;
  const Clock& clock_;
  const Registered all_;
  const RegisterSettings settings_;
  std::mutex mutex_;
  std::condition_variable came_;
  std::map<std::string_view, Silence> silences_;  // by register
  std::deque<std::function<void()>> tasks_;
  std::vector<std::thread> threads_;  // begun by the first question
  bool stopping_ = false;
};

}  // namespace postgang::flow
