// A filter tried on history: what it would have stopped, held and remarked on of what the company has had.
// Nothing is stopped by it. Threads of its own go through the history a slice at a time, trial by trial in
// turn; what came of one can be asked for an hour.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "rules/filter.h"
#include "store/history.h"

namespace postgang::insight {

// How a document is judged, as on the day when it came: the flow's way, given by whoever makes Trials.
using TrialJudge = std::function<Result<std::vector<rules::Finding>>(
    store::Reader& reader, CompanyId receiver, const rules::Filter& filter,
    const document::BusinessDocument& document, DocumentId root, Instant at)>;

struct TrialDocument {
  store::PastDocument document;  // without its parsed form
  rules::Finding finding;        // the first that does not let it through
};

struct TrialSender {
  store::PartyFact sender;
  std::int64_t documents = 0, stopped = 0;
};

// Where a list of what a trial caught goes on: so many of a slice's are behind.
struct TrialPosition {
  std::size_t slice = 0, behind = 0;
};

struct TrialPage {
  std::vector<TrialDocument> documents;
  std::optional<TrialPosition> next;  // none: that was all
};

struct TrialResult {
  std::string id;
  enum class State { running, done, failed } state = State::running;
  std::int64_t done = 0, total = 0;
  Date from, to;
  std::int64_t stopped = 0, held = 0, warned = 0;  // documents; each counts once, for the worst
  std::vector<TrialSender> senders;  // whose documents it would not have let through, the most first
  std::map<std::string, std::int64_t> demands;  // documents that fall short of each, by the demand's id
  std::vector<TrialDocument> documents;         // not let through, the newest first
  std::optional<TrialPosition> next;            // of a trial that is done: where documents goes on
  static constexpr std::size_t documents_max = 200, senders_max = 200;
};

class Trials {
 public:
  static constexpr int running_max = 2;   // of one company
  static constexpr int waiting_max = 16;  // of all companies, those running counted in
  static constexpr int kept_max = 20;     // results of one company
  static constexpr std::int64_t kept_seconds = 3600;

  Trials(store::Store& store, const Clock& clock, IdMaker& ids, TrialJudge judge, int threads = 2);
  ~Trials();  // stop()
  Trials(const Trials&) = delete;
  Trials& operator=(const Trials&) = delete;

  struct Order {
    store::Viewer viewer;
    CompanyId company;
    rules::Filter filter;
    int months = 12;  // 1..12
  };
  Result<TrialResult> start(Order order);  // code trials-busy (rate_limited)
  std::optional<TrialResult> find(CompanyId company, std::string_view id) const;
  // More of what a trial that is done would not have let through, judged once more. Code cursor-malformed.
  Result<TrialPage> caughtAfter(CompanyId company, std::string_view id, TrialPosition from, int limit);
  bool end(CompanyId company, std::string_view id);  // false: there is none such
  void stop();

 private:
  struct Trial;
  struct Tally;
  using TrialPointer = std::shared_ptr<Trial>;
  void run();
  void begin(Trial& trial);
  void tryNext(Trial& trial, std::size_t slice);
  Result<Tally> tried(const Order& order, const store::HistorySlice& slice);
  void makeRoom(CompanyId company, Instant now);

  store::Store& store_;
  const Clock& clock_;
  IdMaker& ids_;
  const TrialJudge judge_;
  const int threads_wanted_;
  mutable std::mutex mutex_;
  std::condition_variable came_;
  std::map<std::string, TrialPointer, std::less<>> trials_;
  std::deque<TrialPointer> turn_;  // those with slices left
  bool stopping_ = false;
  std::vector<std::thread> threads_;  // begun by the first trial
};

}  // namespace postgang::insight
