#include "api/audit_recorder.h"

#include <algorithm>
#include <chrono>

#include "api/shapes.h"
#include "base/log.h"
#include "store/companies.h"
#include "store/documents.h"

namespace postgang::api {

namespace {

using access::Recorded;

constexpr auto gather = std::chrono::milliseconds(150);
constexpr auto before_another_try = std::chrono::seconds(1);
constexpr std::int64_t seen_again_seconds = 10 * 60;
constexpr std::size_t seen_max = 200'000;
constexpr std::size_t acts_at_once = 1'000;

void addTrail(std::vector<CompanyId>& trails, CompanyId company) {
  if (std::ranges::find(trails, company) == trails.end()) trails.push_back(company);
}

Outcome addCustomers(store::Reader& reader, DocumentId document, std::vector<CompanyId>& trails) {
  const auto sides = store::sidesOf(reader, document);
  if (!sides) return sides.error().kind == ProblemKind::not_found ? Outcome() : fail(sides.error());
  std::vector<CompanyId> parties{sides->sender};
  if (sides->receiver) parties.push_back(*sides->receiver);
  for (const auto party : parties) {
    TRY(const auto company, store::company(reader, party));
    if (company.isCustomer) addTrail(trails, party);
  }
  return {};
}

void nameDocument(store::AuditEntry& entry, const store::Entry& seen) {
  if (entry.objectName.empty()) entry.objectName = seen.number;
  if (entry.detail.empty()) entry.detail = "{\"type\":\"" + std::string(document::name(seen.kind)) + "\"}";
}

// What is gone meanwhile has no number any more; that it was seen is told all the same.
Outcome lookUpDocument(store::Reader& reader, const Act& act, DocumentId id, store::AuditEntry& entry,
                       std::vector<CompanyId>& trails) {
  const auto viewer = act.caller ? act.caller->viewer : store::Viewer::system();
  // As seen.h has it: one's own side goes first.
  auto row = store::findDocument(reader, viewer, id,
                                 act.caller ? std::optional(act.caller->company.id) : std::nullopt);
  if (!row && row.error().kind == ProblemKind::not_found) row = store::findDocument(reader, viewer, id);
  if (!row && row.error().kind != ProblemKind::not_found) return fail(row.error());
  if (row) {
    nameDocument(entry, row->entry);
    if (!viewer.seesAll()) addTrail(trails, row->entry.company);
  }
  return viewer.seesAll() ? addCustomers(reader, id, trails) : Outcome();
}

Outcome addEntries(store::Reader& reader, const Act& act, std::vector<store::AuditEntry>& entries) {
  auto entry = act.entry;
  std::vector<CompanyId> trails;
  if (act.caller) trails.push_back(act.caller->company.id);
  if (entry.object == "document") {
    if (const auto id = DocumentId::parse(entry.objectId))
      CHECK_OK(lookUpDocument(reader, act, *id, entry, trails));
  } else if (entry.object == "company" && act.caller) {
    const auto company = companyIdFrom(entry.objectId);
    if (company && act.caller->viewer.sees(*company)) addTrail(trails, *company);
  }
  for (const auto trail : trails) {
    entry.company = trail;
    entries.push_back(entry);
  }
  return {};
}

}  // namespace

AuditRecorder::~AuditRecorder() {
  stop();
}

// Under mutex_.
bool AuditRecorder::seenLately(const Act& act) {
  std::string key;
  for (const auto* part : {&act.entry.action, &act.entry.actor.id, &act.entry.objectId}) key += *part + '\n';
  if (act.caller) key += std::to_string(act.caller->company.id.value);
  const auto now = act.entry.at;
  // Forgetting early costs a row, not a gap.
  if (seen_.size() >= seen_max) {
    std::erase_if(seen_,
                  [&](const auto& each) { return each.second.plusSeconds(seen_again_seconds) <= now; });
    if (seen_.size() >= seen_max) seen_.clear();
  }
  const auto [place, isNew] = seen_.try_emplace(std::move(key), now);
  if (!isNew && now < place->second.plusSeconds(seen_again_seconds)) return true;
  place->second = now;
  return false;
}

Outcome AuditRecorder::record(std::vector<Act> acts) {
  if (acts.empty()) return {};
  for (auto& act : acts) act.entry.at = clock_.now();
  if (acts.front().when == Recorded::at_once) {
    const auto written = write(acts);
    if (written) return {};
    log::error("a change is not in the audit trail yet",
               {{"action", acts.front().entry.action}, {"code", written.error().code}});
  }
  return wait(acts);
}

Outcome AuditRecorder::wait(std::vector<Act>& acts) {
  const std::lock_guard lock(mutex_);
  if (!acts.front().changed && (waiting_.size() >= waiting_max || stopping_))
    return fail(ProblemKind::unavailable, "audit-unavailable",
                "That this was done cannot be written down now.", {}, "Try again soon.");
  for (auto& act : acts)
    if (act.when != Recorded::seen || !seenLately(act)) waiting_.push_back(std::move(act));
  if (waiting_.empty()) return {};
  if (!thread_.joinable() && !stopping_) thread_ = std::thread([this] { run(); });
  changed_.notify_one();
  return {};
}

// Names and parties are looked up before the write, which on SQLite everybody waits for.
Outcome AuditRecorder::write(const std::vector<Act>& acts) {
  std::vector<store::AuditEntry> entries;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    entries.clear();
    for (const auto& act : acts) CHECK_OK(addEntries(reader, act, entries));
    return {};
  }));
  return store_.write(store::Priority::background,
                      [&](store::Transaction& tx) { return store::recordAudit(tx, entries); });
}

Outcome AuditRecorder::flush() {
  const std::lock_guard writing(writing_);
  while (true) {
    std::vector<Act> acts;
    {
      const std::lock_guard lock(mutex_);
      const auto count = std::min(waiting_.size(), acts_at_once);
      if (count == 0) return {};
      const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
      acts.assign(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
      waiting_.erase(waiting_.begin(), end);
    }
    const auto written = write(acts);
    if (written) continue;
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.begin(), std::make_move_iterator(acts.begin()),
                    std::make_move_iterator(acts.end()));
    return written;
  }
}

void AuditRecorder::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      changed_.wait_for(lock, gather, [this] { return stopping_; });
    }
    const auto written = flush();
    if (written) continue;
    log::error("the audit trail was not written", {{"code", written.error().code}});
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, before_another_try, [this] { return stopping_; });
  }
}

void AuditRecorder::stop() {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ && !thread_.joinable() && waiting_.empty()) return;
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (const auto written = flush(); !written)
    log::error("what was seen last is not in the audit trail", {{"code", written.error().code}});
}

}  // namespace postgang::api
