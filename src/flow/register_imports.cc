#include "flow/register_imports.h"

#include <algorithm>

#include "base/log.h"

namespace postgang::flow {

namespace {

constexpr std::size_t rows_together = 2'000;  // in one transaction: the writer is never held for long
constexpr int swept_together = 5'000;
constexpr std::size_t errors_max = RegisterFile::errors_max;

std::vector<RowError> reasonOf(const Problem& problem) {
  return {{1, std::nullopt, problem.code, problem.detail}};
}

}  // namespace

struct RegisterImports::Import {
  Order order;
  ImportProgress progress;  // under the mutex
  Instant startedAt;
};

RegisterImports::RegisterImports(store::Store& store, const Clock& clock, IdMaker& ids)
    : store_(store), clock_(clock), ids_(ids) {}

RegisterImports::~RegisterImports() {
  stop();
}

void RegisterImports::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  came_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RegisterImports::forgetOld(Instant now) {
  std::erase_if(imports_, [&](const auto& one) {
    const auto& import = *one.second;
    return import.progress.state != ImportProgress::State::running &&
           import.startedAt.plusSeconds(kept_seconds) < now;
  });
}

Result<ImportProgress> RegisterImports::start(Order order) {
  auto import = std::make_shared<Import>(Import{std::move(order), {}, clock_.now()});
  import->progress.id = ids_.next().text();
  const std::lock_guard lock(mutex_);
  forgetOld(import->startedAt);
  for (const auto& [id, other] : imports_)
    if (other->order.id == import->order.id && other->progress.state == ImportProgress::State::running)
      return fail(ProblemKind::conflict, "import-under-way", "This register is being filled just now.", {},
                  "Wait until that import is done.");
  if (waiting_.size() >= waiting_max || stopping_)
    return fail(ProblemKind::rate_limited, "imports-busy", "Too many files wait to be imported.", {},
                "Try again in a while.");
  imports_.emplace(import->progress.id, import);
  waiting_.push_back(import);
  begin();
  return import->progress;
}

void RegisterImports::clear(store::RegisterId id) {
  const std::lock_guard lock(mutex_);
  removed_.push_back(id);
  begin();
}

void RegisterImports::begin() {
  if (!thread_.joinable() && !stopping_) thread_ = std::thread([this] { run(); });
  came_.notify_one();
}

std::optional<ImportProgress> RegisterImports::find(CompanyId company, std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = imports_.find(id);
  if (found == imports_.end() || found->second->order.company != company) return std::nullopt;
  return found->second->progress;
}

void RegisterImports::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    came_.wait(lock, [&] { return stopping_ || !waiting_.empty() || !removed_.empty(); });
    if (stopping_) return;
    if (!removed_.empty()) {
      const auto id = removed_.front();
      removed_.pop_front();
      lock.unlock();
      sweep(id);
      lock.lock();
      continue;
    }
    const auto import = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    fill(*import);
    sweep(import->order.id);
    lock.lock();
    import->order.sheet = {};  // the file is of no more use; its result is
  }
}

void RegisterImports::fill(Import& import) {
  const auto& order = import.order;
  store::RegisterFilling filling;
  const auto filled = [&]() -> Outcome {
    std::int64_t total = -1;  // the heading is none
    CHECK_OK(order.sheet.rows([&](const auto&) { return ++total >= 0; }));
    {
      const std::lock_guard lock(mutex_);
      import.progress.total = std::max<std::int64_t>(0, total);
    }
    CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(filling, store::beginFilling(tx, order.viewer, order.company, order.id, order.replaces));
      return {};
    }));
    TRY(const auto taken, addAll(import, filling));
    if (taken == 0)
      return fail(ProblemKind::invalid, "register-nothing-right", "No row of the file can be used.");
    std::int64_t rows = 0;
    CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
      TRY(rows, store::rowsOf(reader, filling));
      return {};
    }));
    return store_.write(store::Priority::background, [&](store::Transaction& tx) {
      return store::endFilling(tx, filling, rows, order.viewer.actor());
    });
  }();
  const std::lock_guard lock(mutex_);
  auto& progress = import.progress;
  progress.state = filled ? ImportProgress::State::done : ImportProgress::State::failed;
  if (filled) return;
  auto errors = reasonOf(filled.error());
  errors.insert(errors.end(), progress.errors.begin(), progress.errors.end());
  errors.resize(std::min(errors.size(), errors_max));
  progress.errors = std::move(errors);
}

// Answers how many rows were taken. Each chunk is a transaction of its own.
Result<std::int64_t> RegisterImports::addAll(Import& import, const store::RegisterFilling& filling) {
  std::vector<store::RegisterRow> rows;
  std::int64_t taken = 0;
  Outcome written;
  const auto flush = [&] {
    written = store_.write(store::Priority::background,
                           [&](store::Transaction& tx) { return store::addRows(tx, filling, rows); });
    taken += static_cast<std::int64_t>(rows.size());
    rows.clear();
    const std::lock_guard lock(mutex_);
    import.progress.done = taken;
    if (stopping_)
      written = fail(ProblemKind::unavailable, "stopping", "The server stops.", {}, "Import the file again.");
    return written.has_value();
  };
  TRY(auto file, readRegisterFile(import.order.sheet, filling.kind, import.order.columns, [&](auto&& row) {
        rows.push_back(std::move(row));
        return rows.size() < rows_together || flush();
      }));
  if (written && !rows.empty()) flush();
  CHECK_OK(written);
  const std::lock_guard lock(mutex_);
  import.progress.done = file.total;
  import.progress.errors = std::move(file.errors);
  return taken;
}

void RegisterImports::sweep(store::RegisterId id) {
  for (std::int64_t gone = 1; gone > 0;) {
    const auto swept = store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(gone, store::sweepRegister(tx, id, swept_together));
      return {};
    });
    if (!swept) {
      log::warning("rows of a register that answer no more were left", {{"code", swept.error().code}});
      return;
    }
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
}

}  // namespace postgang::flow
