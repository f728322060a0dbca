#include "insight/filter_trial.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/log.h"

namespace postgang::insight {

using store::PartyFact;
using store::PastDocument;

namespace {

constexpr int slice_documents = 200;
constexpr std::size_t parsed_bytes_max = 100'000'000;

}  // namespace

// What one slice came to. Merged into the trial under its lock.
struct Trials::Tally {
  std::int64_t stopped = 0, held = 0, warned = 0;
  std::map<std::string, TrialSender> senders;
  std::map<std::string, std::int64_t> demands;
  std::vector<TrialDocument> documents;

  void add(PastDocument past, std::vector<rules::Finding> findings) {
    auto& sender = senders[past.sender.identifier.empty() ? past.sender.name : past.sender.identifier];
    if (sender.documents++ == 0) sender.sender = past.sender;
    if (findings.empty()) return;
    std::vector<std::string_view> failed;
    for (const auto& finding : findings)
      if (std::ranges::find(failed, finding.id) == failed.end()) failed.push_back(finding.id);
    for (const auto id : failed) ++demands[std::string(id)];
    const bool stops = rules::stops(findings), holds = rules::holds(findings);
    ++(stops ? stopped : holds ? held : warned);
    if (!stops && !holds) return;
    ++sender.stopped;
    const auto worst = stops ? rules::Severity::stop : rules::Severity::hold;
    auto first = std::ranges::find(findings, worst, &rules::Finding::severity);
    past.parsed.clear();
    documents.push_back({std::move(past), std::move(*first)});
  }
};

struct Trials::Trial {
  Trial(Order ordered, Instant at) : order(std::move(ordered)), startedAt(at) {}
  Order order;
  Instant startedAt;
  TrialResult result;
  bool begun = false, ended = false;
  std::vector<store::HistorySlice> slices;
  std::size_t nextSlice = 0, slicesDone = 0;
  std::vector<std::size_t> caught;  // by slice: documents that would not have been let through
  std::map<std::string, TrialSender> senders;
  std::vector<std::pair<std::size_t, TrialDocument>> documents;  // by slice

  bool running() const { return result.state == TrialResult::State::running && !ended; }

  // The next that has not been listed when `position` is behind.
  std::optional<TrialPosition> after(TrialPosition position) const {
    while (position.slice < caught.size() && position.behind >= caught[position.slice])
      position = {position.slice + 1, 0};
    if (position.slice >= caught.size()) return std::nullopt;
    return position;
  }

  void merge(std::size_t slice, Tally tally) {
    caught[slice] = tally.documents.size();
    result.stopped += tally.stopped;
    result.held += tally.held;
    result.warned += tally.warned;
    for (const auto& [id, count] : tally.demands) result.demands[id] += count;
    for (const auto& [key, one] : tally.senders) {
      auto& sum = senders[key];
      if (sum.documents == 0) sum.sender = one.sender;
      sum.documents += one.documents;
      sum.stopped += one.stopped;
    }
    for (auto& one : tally.documents) documents.emplace_back(slice, std::move(one));
    std::ranges::stable_sort(documents, {}, [](const auto& one) { return one.first; });
    if (documents.size() > TrialResult::documents_max)
      documents.erase(documents.begin() + TrialResult::documents_max, documents.end());
    result.done += slices[slice].documents;
    if (++slicesDone == slices.size() && running()) result.state = TrialResult::State::done;
  }

  TrialResult shown() const {
    auto copy = result;
    for (const auto& [key, one] : senders)
      if (one.stopped > 0) copy.senders.push_back(one);
    std::ranges::stable_sort(copy.senders, std::greater(), &TrialSender::stopped);
    if (copy.senders.size() > TrialResult::senders_max) copy.senders.resize(TrialResult::senders_max);
    for (const auto& [slice, one] : documents) copy.documents.push_back(one);
    if (result.state == TrialResult::State::done && !documents.empty()) {
      const auto last = documents.back().first;
      const auto shownOfLast = std::ranges::count(documents, last, [](const auto& one) { return one.first; });
      copy.next = after({last, static_cast<std::size_t>(shownOfLast)});
    }
    return copy;
  }
};

Trials::Trials(store::Store& store, const Clock& clock, IdMaker& ids, TrialJudge judge, int threads)
    : store_(store), clock_(clock), ids_(ids), judge_(std::move(judge)), threads_wanted_(threads) {}

Trials::~Trials() {
  stop();
}

void Trials::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  came_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

void Trials::makeRoom(CompanyId company, Instant now) {
  std::erase_if(trials_, [&](const auto& one) {
    return !one.second->running() && one.second->startedAt.plusSeconds(kept_seconds) < now;
  });
  for (;;) {
    std::vector<std::pair<Instant, std::string>> done;
    for (const auto& [id, trial] : trials_)
      if (trial->order.company == company && !trial->running()) done.emplace_back(trial->startedAt, id);
    if (done.size() < kept_max) return;
    trials_.erase(std::ranges::min(done).second);
  }
}

Result<TrialResult> Trials::start(Order order) {
  const auto now = clock_.now();
  auto trial = std::make_shared<Trial>(std::move(order), now);
  trial->result.id = ids_.next().text();
  trial->result.to = dateInStockholm(now);
  trial->result.from = trial->result.to.plusMonths(-std::clamp(trial->order.months, 1, 12));
  const std::lock_guard lock(mutex_);
  makeRoom(trial->order.company, now);
  int own = 0, all = 0;
  for (const auto& [id, other] : trials_) {
    if (!other->running()) continue;
    ++all;
    if (other->order.company == trial->order.company) ++own;
  }
  if (own >= running_max || all >= waiting_max || stopping_)
    return fail(ProblemKind::rate_limited, "trials-busy", "Too many trials are under way.", {},
                "Wait until one of them is done.");
  trials_.emplace(trial->result.id, trial);
  turn_.push_back(trial);
  while (static_cast<int>(threads_.size()) < threads_wanted_) threads_.emplace_back([this] { run(); });
  came_.notify_all();
  return trial->shown();
}

std::optional<TrialResult> Trials::find(CompanyId company, std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = trials_.find(id);
  if (found == trials_.end() || found->second->order.company != company) return std::nullopt;
  return found->second->shown();
}

bool Trials::end(CompanyId company, std::string_view id) {
  const std::lock_guard lock(mutex_);
  const auto found = trials_.find(id);
  if (found == trials_.end() || found->second->order.company != company) return false;
  found->second->ended = true;
  std::erase(turn_, found->second);
  trials_.erase(found);
  return true;
}

// Whose turn it is gives one slice to the thread and goes to the end of the line.
void Trials::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    came_.wait(lock, [&] { return stopping_ || !turn_.empty(); });
    if (stopping_) return;
    const auto trial = turn_.front();
    turn_.pop_front();
    if (!trial->begun) {
      lock.unlock();
      begin(*trial);
      lock.lock();
      if (trial->running()) turn_.push_back(trial);
      came_.notify_all();
      continue;
    }
    const auto slice = trial->nextSlice++;
    if (trial->nextSlice < trial->slices.size()) turn_.push_back(trial);
    lock.unlock();
    tryNext(*trial, slice);
    lock.lock();
  }
}

// Finds out how much there is to go through.
void Trials::begin(Trial& trial) {
  std::vector<store::HistorySlice> slices;
  const auto& order = trial.order;
  const auto read = store_.read([&](store::Reader& reader) -> Outcome {
    const auto from = Instant::atMidnight(trial.result.from).plusSeconds(-2 * 3600);
    TRY(slices, store::historySlices(reader, order.viewer, order.company, from,
                                     trial.startedAt.plusSeconds(1), slice_documents));
    return {};
  });
  const std::lock_guard lock(mutex_);
  trial.begun = true;
  trial.slices = std::move(slices);
  trial.caught.resize(trial.slices.size());
  for (const auto& slice : trial.slices) trial.result.total += slice.documents;
  if (!read)
    trial.result.state = TrialResult::State::failed;
  else if (trial.slices.empty())
    trial.result.state = TrialResult::State::done;
}

Result<Trials::Tally> Trials::tried(const Order& order, const store::HistorySlice& slice) {
  Tally tally;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    tally = {};
    TRY(auto documents, store::pastDocuments(reader, order.viewer, order.company, slice));
    for (auto& past : documents) {
      TRY(const auto bytes, decompress(past.parsed, parsed_bytes_max));
      TRY(const auto document, document::BusinessDocument::restored(bytes));
      TRY(auto findings, judge_(reader, order.company, order.filter, document, past.root, past.receivedAt));
      tally.add(std::move(past), std::move(findings));
    }
    return {};
  }));
  return tally;
}

void Trials::tryNext(Trial& trial, std::size_t slice) {
  auto tally = tried(trial.order, trial.slices[slice]);
  const std::lock_guard lock(mutex_);
  if (tally) return trial.merge(slice, std::move(*tally));
  log::warning("a filter's trial failed", {{"code", tally.error().code}});
  trial.result.state = TrialResult::State::failed;
  std::erase_if(turn_, [&](const auto& one) { return one.get() == &trial; });
}

// The documents themselves are not kept: a filter that stops everything would hold a year of them in memory.
Result<TrialPage> Trials::caughtAfter(CompanyId company, std::string_view id, TrialPosition from, int limit) {
  std::unique_lock lock(mutex_);
  const auto found = trials_.find(id);
  if (found == trials_.end() || found->second->order.company != company ||
      found->second->result.state != TrialResult::State::done)
    return fail(ProblemKind::not_found, "not-found", "There is no such trial that is done.");
  const auto trial = found->second;  // done: nothing of it changes any more
  lock.unlock();
  if (from.slice >= trial->slices.size() || from.behind > static_cast<std::size_t>(slice_documents))
    return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of this trial.", "cursor",
                "Start again without a cursor.");
  TrialPage page;
  auto position = trial->after(from);
  while (position && page.documents.size() < static_cast<std::size_t>(limit)) {
    TRY(auto tally, tried(trial->order, trial->slices[position->slice]));
    auto& documents = tally.documents;
    const auto first = std::min(position->behind, documents.size());
    const auto taken =
        std::min(documents.size() - first, static_cast<std::size_t>(limit) - page.documents.size());
    std::move(documents.begin() + first, documents.begin() + first + taken,
              std::back_inserter(page.documents));
    // A register that has changed since may make a slice catch fewer; the list goes on behind it all the
    // same.
    position = first + taken >= documents.size() ? trial->after({position->slice + 1, 0})
                                                 : trial->after({position->slice, first + taken});
  }
  page.next = position;
  return page;
}

}  // namespace postgang::insight
