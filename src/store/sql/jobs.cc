// The queue as rows. A job is in one of three states:
//
//   0 sleeping  due_at is when it is due; while a worker has it, when the worker's lease ends (leased = 1)
//   1 ready     due, nobody has it
//   2 dead      tried too often; kept with its reason for staff
//
// A lease that runs out is thus nothing but a sleeping job that has become due. claim() wakes what is due and
// then takes from the companies in turn, beginning at another one each time, so that nobody's thousand jobs
// stand before another's one.
#include "store/job_turns.h"

#include <algorithm>
#include <limits>

#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view ready_exists = "SELECT 1 FROM jobs WHERE kind = ?1 AND state = 1 LIMIT 1";
constexpr std::string_view due_exists =
    "SELECT 1 FROM jobs WHERE kind = ?1 AND state = 0 AND due_at <= ?2 LIMIT 1";

Result<bool> anythingDue(Reader& reader, const std::vector<std::string>& kinds, Instant now) {
  for (const auto& kind : kinds) {
    TRY(const auto ready, reader.connection().run(ready_exists, {kind}, [](const sql::Row&) {}));
    if (ready > 0) return true;
    TRY(const auto due, reader.connection().run(due_exists, {kind, now}, [](const sql::Row&) {}));
    if (due > 0) return true;
  }
  return false;
}

// The companies with ready jobs, from `first` on and around, at most `limit` of them: one index step for
// each.
Result<std::vector<CompanyId>> waitingCompanies(Transaction& tx, std::string_view kind, CompanyId first,
                                                int limit) {
  std::vector<CompanyId> companies;
  const auto walk = [&](std::int64_t from, std::int64_t before) -> Outcome {
    while (static_cast<int>(companies.size()) < limit) {
      std::optional<std::int64_t> found;
      CHECK_OK(tx.connection().run(
          "SELECT company FROM jobs WHERE kind = ?1 AND state = 1 AND company >= ?2 AND company < ?3 "
          "ORDER BY company LIMIT 1",
          {kind, from, before}, [&](const sql::Row& row) { found = row.number(0); }));
      if (!found) return {};
      companies.push_back(CompanyId{*found});
      from = *found + 1;
    }
    return {};
  };
  CHECK_OK(walk(first.value, std::numeric_limits<std::int64_t>::max()));
  CHECK_OK(walk(0, first.value));
  return companies;
}

// Another company first each time; a time is turn enough, and the same one in a simulated world.
Result<CompanyId> turn(Transaction& tx, std::string_view kind, Instant now) {
  std::int64_t last = 0;
  CHECK_OK(tx.connection().run(
      "SELECT company FROM jobs WHERE kind = ?1 AND state = 1 ORDER BY company DESC LIMIT 1", {kind},
      [&](const sql::Row& row) { last = row.number(0); }));
  return CompanyId{now.microseconds % (last + 1)};
}

Outcome lease(Transaction& tx, std::string_view kind, CompanyId company, int limit, Instant until,
              std::vector<Job>& jobs) {
  static constexpr std::string_view ready =
      "SELECT id, token, kind, key, document, company, attempts, payload FROM jobs "
      "WHERE kind = ?1 AND state = 1 AND company = ?2 ORDER BY id LIMIT ?3";
  static const std::string ready_and_free = std::string(ready) + " FOR UPDATE SKIP LOCKED";
  const bool postgres = tx.connection().dialect() == sql::Dialect::postgres;
  const auto first = jobs.size();
  CHECK_OK(tx.connection().run(postgres ? std::string_view(ready_and_free) : ready, {kind, company, limit},
                               [&](const sql::Row& row) {
                                 sql::Columns c(row);
                                 Job job;
                                 job.id = c.number();
                                 job.token = c.number() + 1;
                                 job.kind = c.text();
                                 job.key = c.text();
                                 job.document = c.id<DocumentId>();
                                 job.company = c.company();
                                 job.attempts = c.small() + 1;
                                 job.payload = c.text();
                                 jobs.push_back(std::move(job));
                               }));
  for (auto at = first; at < jobs.size(); ++at)
    CHECK_OK(tx.connection().later(
        "UPDATE jobs SET state = 0, leased = 1, due_at = ?2, token = ?3, attempts = ?4 WHERE id = ?1",
        {jobs[at].id, until, jobs[at].token, jobs[at].attempts}));
  return {};
}

// Some thousands at a time, the longest due first: where a hundred thousand fall due at one instant the
// others who write are not held up, and a company that has few of them waits for some claims at most.
Outcome wake(Transaction& tx, std::string_view kind, Instant now) {
  constexpr std::int64_t woken_max = 4096;
  static constexpr std::string_view before =
      "UPDATE jobs SET state = 1, leased = 0 WHERE id IN (SELECT id FROM jobs WHERE kind = ?1 AND state = 0 "
      "AND due_at <= ?2 ORDER BY due_at, id LIMIT ?3";
  static const std::string here = std::string(before) + ")",
                           where_others_wake_too = std::string(before) + " FOR UPDATE SKIP LOCKED)";
  const bool postgres = tx.connection().dialect() == sql::Dialect::postgres;
  CHECK_OK(tx.connection().run(postgres ? where_others_wake_too : here, {kind, now, woken_max}));
  return {};
}

Outcome leaseKind(Transaction& tx, std::string_view kind, int limit, int leaseSeconds,
                  std::vector<Job>& jobs) {
  const auto now = tx.clock().now();
  CHECK_OK(wake(tx, kind, now));
  TRY(const auto first, turn(tx, kind, now));
  TRY(const auto companies, waitingCompanies(tx, kind, first, limit));
  const auto until = now.plusSeconds(leaseSeconds);
  const auto left = [&] { return limit - static_cast<int>(jobs.size()); };
  std::vector<CompanyId> withMore;
  for (std::size_t at = 0; at < companies.size() && left() > 0; ++at) {
    const auto share = std::max(1, left() / static_cast<int>(companies.size() - at));
    const auto before = left();
    CHECK_OK(lease(tx, kind, companies[at], share, until, jobs));
    if (before - left() == share) withMore.push_back(companies[at]);
  }
  // Places that others had too few jobs for.
  for (std::size_t at = 0; at < withMore.size() && left() > 0; ++at)
    CHECK_OK(lease(tx, kind, withMore[at], left(), until, jobs));
  return {};
}

Outcome leaseLost(const Job& job) {
  return fail(ProblemKind::conflict, "lease-lost", "Another worker has this job now.", job.key,
              "Undo and let it be.");
}

}  // namespace

Result<std::vector<Job>> claim(Store& store, const std::vector<std::string>& kinds, int limit,
                               int leaseSeconds) {
  return claimWithin(store, kinds, limit, leaseSeconds, {});
}

Result<std::vector<Job>> claimWithin(Store& store, const std::vector<std::string>& kinds, int limit,
                                     int leaseSeconds, const std::vector<KindLimit>& limits) {
  bool due = false;
  const auto limitOf = [&](std::string_view kind) {
    const auto own = std::ranges::find(limits, kind, &KindLimit::kind);
    return own == limits.end() ? limit : std::min(limit, own->limit);
  };
  std::vector<std::string> open;
  for (const auto& kind : kinds)
    if (limitOf(kind) > 0) open.push_back(kind);
  CHECK_OK(store.read([&](Reader& reader) -> Outcome {
    TRY(due, anythingDue(reader, open, store.clock().now()));
    return {};
  }));
  std::vector<Job> jobs;
  if (!due) return jobs;
  CHECK_OK(store.write(Priority::walk, [&](Transaction& tx) -> Outcome {
    jobs.clear();
    for (const auto& kind : open) {
      const auto until = std::min(limit, static_cast<int>(jobs.size()) + limitOf(kind));
      if (static_cast<int>(jobs.size()) < until) CHECK_OK(leaseKind(tx, kind, until, leaseSeconds, jobs));
    }
    return {};
  }));
  return jobs;
}

Outcome complete(Transaction& tx, const Job& job) {
  TRY(const auto done, tx.connection().run("DELETE FROM jobs WHERE id = ?1 AND token = ?2 AND state < 2",
                                           {job.id, job.token}));
  if (done != 1) return leaseLost(job);
  return {};
}

Outcome prolong(Transaction& tx, const Job& job, int leaseSeconds) {
  TRY(const auto done,
      tx.connection().run("UPDATE jobs SET due_at = ?3 WHERE id = ?1 AND token = ?2 AND leased = 1",
                          {job.id, job.token, tx.clock().now().plusSeconds(leaseSeconds)}));
  if (done != 1) return leaseLost(job);
  return {};
}

Outcome postpone(Transaction& tx, const Job& job, Instant runAt, std::string_view reason) {
  TRY(const auto done, tx.connection().run("UPDATE jobs SET state = 0, leased = 0, due_at = ?3, reason = ?4 "
                                           "WHERE id = ?1 AND token = ?2 AND state < 2",
                                           {job.id, job.token, runAt, reason}));
  if (done != 1) return leaseLost(job);
  return {};
}

Outcome putOff(Transaction& tx, const Job& job, Instant runAt, std::string_view reason) {
  TRY(const auto done, tx.connection().run("UPDATE jobs SET state = 0, leased = 0, due_at = ?3, reason = ?4, "
                                           "attempts = ?5 WHERE id = ?1 AND token = ?2 AND state < 2",
                                           {job.id, job.token, runAt, reason, job.attempts - 1}));
  if (done != 1) return leaseLost(job);
  return {};
}

Outcome bury(Transaction& tx, const Job& job, std::string_view reason) {
  TRY(const auto done, tx.connection().run("UPDATE jobs SET state = 2, leased = 0, reason = ?3 "
                                           "WHERE id = ?1 AND token = ?2 AND state < 2",
                                           {job.id, job.token, reason}));
  if (done != 1) return leaseLost(job);
  return {};
}

Outcome enqueue(Transaction& tx, const NewJob& job) {
  const bool isReady = job.runAt <= tx.clock().now();
  return tx.connection().later(
      "INSERT INTO jobs (kind, key, document, company, payload, state, leased, due_at, token, attempts, "
      "reason) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, 0, 0, '') ON CONFLICT DO NOTHING",
      {job.kind, job.key, job.document, job.company, job.payload, isReady ? 1 : 0, job.runAt});
}

Result<std::vector<WaitingJob>> waitingJobs(Reader& reader, std::string_view keyPrefix) {
  std::vector<WaitingJob> jobs;
  const auto end = std::string(keyPrefix) + '\x7f';
  CHECK_OK(reader.connection().run(
      "SELECT key, payload, due_at FROM jobs WHERE state < 2 AND leased = 0 AND key >= ?1 AND key < ?2 ORDER "
      "BY key",
      {keyPrefix, end}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& job = jobs.emplace_back();
        job.key = c.text();
        job.payload = c.text();
        job.runAt = c.instant();
      }));
  return jobs;
}

Outcome releaseLeases(Transaction& tx) {
  CHECK_OK(tx.connection().run("UPDATE jobs SET state = 1, leased = 0, token = token + 1 WHERE leased = 1"));
  return {};
}

Result<std::vector<QueueState>> queueStates(Reader& reader) {
  std::vector<QueueState> states;
  CHECK_OK(reader.connection().run(
      "SELECT kind, SUM(CASE WHEN state < 2 AND leased = 0 THEN 1 ELSE 0 END), SUM(leased), "
      "SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END), MIN(CASE WHEN state < 2 AND leased = 0 THEN due_at END) "
      "FROM jobs GROUP BY kind ORDER BY kind",
      {}, [&](const sql::Row& row) {
        sql::Columns c(row);
        QueueState state;
        state.kind = c.text();
        state.waiting = c.number();
        state.leased = c.number();
        state.dead = c.number();
        state.oldest = c.maybe([](sql::Columns& column) { return column.instant(); }).value_or(Instant{});
        states.push_back(std::move(state));
      }));
  return states;
}

Result<std::vector<DeadJobs>> deadJobs(Reader& reader, int limit) {
  std::vector<DeadJobs> dead;
  CHECK_OK(reader.connection().run(
      "SELECT kind, reason, COUNT(*) AS jobs FROM jobs WHERE state = 2 GROUP BY kind, reason "
      "ORDER BY jobs DESC, kind, reason LIMIT ?1",
      {limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& each = dead.emplace_back();
        each.kind = c.text();
        each.reason = c.text();
        each.jobs = c.number();
      }));
  return dead;
}

Result<std::int64_t> reviveDead(Transaction& tx, std::string_view kind) {
  TRY(const auto revived,
      tx.connection().run(
          "UPDATE jobs SET state = 1, leased = 0, attempts = 0, token = token + 1, due_at = ?2 "
          "WHERE kind = ?1 AND state = 2",
          {kind, tx.clock().now()}));
  return revived;
}

Result<std::optional<Instant>> nextDue(Reader& reader, const std::vector<std::string>& kinds) {
  std::optional<Instant> next;
  const auto consider = [&](const sql::Row& row) {
    if (!row.isNull(0) && (!next || row.number(0) < next->microseconds)) next = Instant{row.number(0)};
  };
  for (const auto& kind : kinds) {
    // A ready job is due whatever its time says.
    TRY(const auto ready, reader.connection().run(ready_exists, {kind}, [](const sql::Row&) {}));
    if (ready > 0) return std::optional(Instant{});
    CHECK_OK(reader.connection().run("SELECT MIN(due_at) FROM jobs WHERE kind = ?1 AND state = 0", {kind},
                                     consider));
  }
  return next;
}

}  // namespace postgang::store
