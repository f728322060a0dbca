#include "insight/operations.h"

#include <algorithm>
#include <map>
#include <set>

namespace postgang::insight {

namespace {

constexpr int page_size = 200;
constexpr int batches_read = 50;
constexpr int dead_read_max = 50;
constexpr int letters_read_max = 1'000;
constexpr std::int64_t late_seconds = 3600;

struct Growing {
  FailureGroup group;
  std::set<CompanyId> companies;
};

void add(std::map<std::pair<std::string, std::string>, Growing>& groups, const store::Entry& entry) {
  auto& growing = groups[{entry.lastEventDetail, entry.channel}];
  auto& group = growing.group;
  if (group.documents++ == 0) {
    group.cause = entry.lastEventDetail;
    group.channel = entry.channel;
    group.oldest = group.newest = entry.lastEventAt;
  }
  group.oldest = std::min(group.oldest, entry.lastEventAt);
  group.newest = std::max(group.newest, entry.lastEventAt);
  growing.companies.insert(entry.company);
  if (group.newestDocuments.size() < group_documents_max) group.newestDocuments.push_back(entry.document);
}

Outcome readFailures(store::Reader& reader, const store::Viewer& viewer, Operations& found) {
  std::map<std::pair<std::string, std::string>, Growing> groups;
  store::EntryQuery query;
  query.statuses = {store::Status::failed};
  query.direction = store::Direction::sent;
  query.limit = page_size;
  for (std::size_t read = 0;;) {
    TRY(const auto page, store::listEntries(reader, viewer, query));
    for (const auto& entry : page.items) add(groups, entry);
    read += page.items.size();
    if (!page.nextCursor) break;
    found.partial = read >= failures_read_max;
    if (found.partial) break;
    query.cursor = *page.nextCursor;
  }
  for (auto& [key, growing] : groups) {
    growing.group.companies = static_cast<std::int64_t>(growing.companies.size());
    found.failures.push_back(std::move(growing.group));
  }
  std::ranges::stable_sort(found.failures, std::ranges::greater(), &FailureGroup::documents);
  return {};
}

}  // namespace

Result<Operations> operations(store::Reader& reader, const store::Viewer& viewer, Instant now) {
  Operations found;
  TRY(found.queues, store::queueStates(reader));
  TRY(found.dead, store::deadJobs(reader, dead_read_max));
  CHECK_OK(readFailures(reader, viewer, found));
  TRY(auto batches, store::listPrintBatches(reader, batches_read));
  for (auto& batch : batches)
    if (!batch.uploadedAt || !batch.trouble.empty()) found.batches.push_back(std::move(batch));
  TRY(const auto late, store::queuedLetters(reader, now.plusSeconds(-late_seconds), letters_read_max));
  found.lateLetters = static_cast<std::int64_t>(late.size());
  return found;
}

}  // namespace postgang::insight
