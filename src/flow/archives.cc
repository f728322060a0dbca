#include "flow/archives.h"

#include <algorithm>

#include "base/log.h"
#include "flow/words.h"
#include "store/sql/session.h"

namespace postgang::flow {

Archives::Archives(store::Store& store, const Clock& clock, IdMaker& ids, std::string folder)
    : store_(store), clock_(clock), ids_(ids), files_(std::move(folder)) {
  if (files_.isOn()) files_.start([this] { return makeNext(); });
}

Archives::~Archives() {
  stop();
}

void Archives::stop() {
  files_.stop();
}

Outcome Archives::keep(const store::Archive& archive) {
  return store_.write(store::Priority::background,
                      [&](store::Transaction& tx) { return store::putArchive(tx, archive); });
}

Result<store::Archive> Archives::start(const LeavingOrder& order) {
  if (!files_.isOn()) return fail(problem(ProblemKind::conflict, "archives-off"));
  store::Archive archive;
  archive.id = ids_.next<ArchiveId>();
  archive.company = order.company;
  archive.by = order.viewer.actor().name;
  archive.state = "making";
  archive.startedAt = archive.movedAt = clock_.now();
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= waiting_max || files_.isStopping())
    return fail(problem(ProblemKind::rate_limited, "archives-busy"));
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto others, store::listArchives(tx, store::Viewer::system(), order.company));
    if (std::ranges::find(others, "making", &store::Archive::state) != others.end())
      return fail(problem(ProblemKind::conflict, "archive-under-way"));
    return store::putArchive(tx, archive);
  }));
  waiting_.push_back({archive, order});
  files_.wake();
  return archive;
}

Result<std::string> Archives::fileOf(const store::Archive& archive) const {
  if (archive.state != "done" || !files_.has(archive.id))
    return fail(problem(ProblemKind::unavailable, "archive-not-here"));
  return files_.named(archive.id);
}

Outcome Archives::sweep() {
  const auto now = clock_.now();
  std::vector<store::Archive> old, silent;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(old, store::archivesBefore(reader, "done", now.plusSeconds(-kept_seconds)));
    TRY(silent, store::archivesBefore(reader, "making", now.plusSeconds(-silent_seconds)));
    return {};
  }));
  for (auto& archive : old) {
    CHECK_OK(files_.remove(archive.id));
    archive.state = "removed";
    CHECK_OK(keep(archive));
  }
  for (auto& archive : silent) {
    archive.state = "failed";
    archive.trouble = "archive-interrupted";
    archive.endedAt = now;
    CHECK_OK(keep(archive));
  }
  return {};
}

bool Archives::makeNext() {
  std::unique_lock lock(mutex_);
  if (waiting_.empty()) {
    lock.unlock();
    if (const auto swept = sweep(); !swept)
      log::warning("archives were not swept",
                   {{"code", swept.error().code}, {"detail", swept.error().detail}});
    return false;
  }
  auto next = std::move(waiting_.front());
  waiting_.pop_front();
  lock.unlock();
  make(next);
  return true;
}

void Archives::make(Waiting& waiting) {
  auto& archive = waiting.archive;
  const auto made = files_.make(archive.id, [&](const std::string& part) -> Outcome {
    waiting.order.file = part;
    TRY(archive.documents,
        writeLeaving(store_, clock_, waiting.order,
                     [&](std::int64_t documents, std::int64_t total) -> Outcome {
                       if (files_.isStopping())
                         return fail(problem(ProblemKind::unavailable, "archive-interrupted"));
                       archive.documents = documents;
                       archive.total = total;
                       archive.movedAt = clock_.now();
                       return keep(archive);
                     }));
    return {};
  });
  archive.endedAt = archive.movedAt = clock_.now();
  archive.state = made ? "done" : "failed";
  if (made) {
    archive.size = *made;
    archive.total = archive.documents;
  } else {
    archive.trouble = made.error().code;
    log::warning("an archive was not made", {{"code", made.error().code}, {"detail", made.error().detail}});
  }
  if (const auto kept = keep(archive); !kept)
    log::warning("what became of an archive was not written down", {{"code", kept.error().code}});
}

}  // namespace postgang::flow
