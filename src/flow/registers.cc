#include "flow/registers.h"

#include <algorithm>
#include <latch>

#include "base/log.h"

namespace postgang::flow {

using store::Lookup;

Registers::Registers(store::Store& store, const Clock& clock, Registered all, RegisterSettings settings)
    : store_(store), clock_(clock), all_(std::move(all)), settings_(settings) {}

Registers::~Registers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  came_.notify_all();
  for (auto& thread : threads_) thread.join();
}

Result<std::vector<Registers::Question>> Registers::openQuestions(
    store::Reader& reader, const channels::Recipient& recipient) const {
  std::vector<Question> open;
  const auto now = clock_.now();
  for (const auto& each : all_) {
    auto key = each->keyOf(recipient);
    if (key.empty()) continue;
    TRY(const auto kept, store::lookup(reader, each->name(), key));
    if (!kept || kept->until <= now) open.push_back({each.get(), std::move(key)});
  }
  return open;
}

Outcome Registers::ask(const std::vector<Question>& questions) {
  if (questions.empty()) return {};
  std::vector<Lookup> answers(questions.size());
  std::latch left(static_cast<std::ptrdiff_t>(questions.size()));
  for (std::size_t i = 0; i < questions.size(); ++i)
    run([&, i] {
      answers[i] = answerTo(questions[i]);
      left.count_down();
    });
  left.wait();
  return store_.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    for (std::size_t i = 0; i < questions.size(); ++i)
      CHECK_OK(store::keepLookup(tx, questions[i].of->name(), questions[i].key, answers[i]));
    return {};
  });
}

Lookup Registers::answerTo(const Question& question) {
  if (auto paused = whilePaused(question)) return std::move(*paused);
  Lookup answer;
  const auto began = monotonicMicroseconds();
  try {
    answer = question.of->ask(question.key, settings_.milliseconds);
  } catch (const std::exception& thrown) {
    answer.result = Lookup::Result::unknown;
    answer.words = thrown.what();
  }
  answer.milliseconds = (monotonicMicroseconds() - began) / 1000;
  answer.askedAt = clock_.now();
  const auto seconds = answer.result == Lookup::Result::found    ? settings_.found_seconds
                       : answer.result == Lookup::Result::absent ? settings_.absent_seconds
                                                                 : settings_.unknown_seconds;
  if (answer.until <= answer.askedAt) answer.until = answer.askedAt.plusSeconds(seconds);
  heard(question, answer);
  return answer;
}

std::optional<Lookup> Registers::whilePaused(const Question& question) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_.now();
  const auto found = silences_.find(question.of->name());
  if (found == silences_.end() || found->second.until <= now) return std::nullopt;
  Lookup answer;
  answer.words = "The register does not answer and is left alone for a while.";
  answer.askedAt = now;
  answer.until = found->second.until;
  return answer;
}

// One register may be many servers (Peppol's are); only one that keeps us waiting until the end counts as
// silent, an answer that cannot be believed does not.
void Registers::heard(const Question& question, const Lookup& answer) {
  const std::lock_guard lock(mutex_);
  const bool silent =
      answer.result == Lookup::Result::unknown && answer.milliseconds >= settings_.milliseconds * 9 / 10;
  if (!silent) {
    silences_.erase(question.of->name());
    return;
  }
  auto& silence = silences_[question.of->name()];
  if (++silence.times < settings_.silences_max) return;
  const auto doublings = std::min(silence.times - settings_.silences_max, 10);
  const auto pause = std::min(settings_.pause_seconds << doublings, settings_.pauseMax_seconds);
  silence.until = clock_.now().plusSeconds(pause);
  log::warning("a register does not answer", {{"register", std::string(question.of->name())},
                                              {"words", answer.words},
                                              {"pause", std::to_string(pause)}});
}

void Registers::run(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    while (static_cast<int>(threads_.size()) < settings_.threads) threads_.emplace_back([this] { work(); });
    tasks_.push_back(std::move(task));
  }
  came_.notify_one();
}

void Registers::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    came_.wait(lock, [&] { return stopping_ || !tasks_.empty(); });
    if (tasks_.empty()) return;
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    task();
    lock.lock();
  }
}

}  // namespace postgang::flow
