#include "flow/mailbox.h"

#include <algorithm>
#include <exception>

#include "base/log.h"
#include "net/mail_reader.h"
#include "store/jobs.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::string_view done_folder = "Postgang-done";
constexpr std::string_view aside_folder = "Postgang-set-aside";
constexpr int lease_seconds = 600;
constexpr std::int64_t poll_microseconds_max = 240'000'000;  // well within the lease; the rest comes next
constexpr std::size_t messages_max = 1000;                   // in one poll
constexpr std::size_t beginning_bytes = 256 * 1024;          // of what is too large to be fetched whole
constexpr auto look_interval = std::chrono::seconds(1);

store::NewJob mailboxJob(Instant runAt) {
  store::NewJob job;
  job.kind = "mailbox";
  job.key = "mailbox";
  job.runAt = runAt;
  job.payload = "{}";
  return job;
}

// The message itself is at fault, or we are with it: the others are not.
bool isItsOwn(const Problem& problem) {
  return problem.kind != ProblemKind::unavailable && problem.kind != ProblemKind::conflict;
}

// Exceptions end here: a message that makes something throw is set aside like one that cannot be read.
Result<MailTaken> taken(const Tools& tools, const Limits& limits, const std::string& bytes, bool whole) {
  try {
    return takeMail(tools, limits, bytes, whole);
  } catch (const std::exception& thrown) {
    return fail(ProblemKind::internal, "step-threw", thrown.what());
  }
}

}  // namespace

MailboxWatch::MailboxWatch(const Tools& tools, const Limits& limits, MailboxSettings settings)
    : tools_(tools), limits_(limits), settings_(std::move(settings)) {}

MailboxWatch::~MailboxWatch() {
  stop();
}

void MailboxWatch::start() {
  if (!thread_.joinable()) thread_ = std::thread([this] { watch(); });
}

void MailboxWatch::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
  stopping_ = false;
}

void MailboxWatch::count(std::size_t what) {
  const std::lock_guard lock(mutex_);
  ++counts_[what];
}

MailCounts MailboxWatch::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

std::string MailboxWatch::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

Outcome MailboxWatch::putAway(net::Mailbox& mailbox, const net::MailboxEntry& entry) {
  const bool whole = entry.size <= net::MailLimits::bytes_max;
  const auto bytes = mailbox.fetch(entry, whole ? net::MailLimits::bytes_max : beginning_bytes);
  if (!bytes && bytes.error().code == "mail-gone") return {};
  if (!bytes) return fail(bytes.error());
  const auto took = taken(tools_, limits_, *bytes, whole);
  if (!took && !isItsOwn(took.error())) return fail(took.error());
  const bool understood = took && took->meaning != MailMeaning::unknown;
  CHECK_OK(mailbox.move(entry.uid, understood ? done_folder : aside_folder));
  count(took ? static_cast<std::size_t>(took->meaning) : mail_meanings);
  log::info("mail", {{"meaning", took ? name(took->meaning) : std::string_view("unreadable")},
                     {"again", took && took->again ? "yes" : "no"},
                     {"code", took ? std::string_view() : std::string_view(took.error().code)}});
  return {};
}

Result<std::int64_t> MailboxWatch::poll() {
  const std::lock_guard one(polling_);
  const auto until = monotonicMicroseconds() + poll_microseconds_max;
  net::Mailbox mailbox(settings_.account);
  TRY(auto entries, mailbox.list());
  if (entries.size() > messages_max) entries.resize(messages_max);
  std::int64_t done = 0;
  std::optional<Problem> first;
  for (const auto& entry : entries) {
    if (stopping_ || monotonicMicroseconds() > until) break;
    if (const auto outcome = putAway(mailbox, entry)) {
      ++done;
    } else {
      if (!first) first = outcome.error();
      // Nobody answers any longer, here or there: the next message would fare no better.
      if (outcome.error().code != "imap-refused") break;
    }
  }
  if (first) return fail(*first);
  return done;
}

Outcome MailboxWatch::pollByLease() {
  TRY(const auto jobs, store::claim(tools_.store, {"mailbox"}, 1, lease_seconds));
  if (jobs.empty()) return {};
  const auto polled = poll();
  const auto next = tools_.clock.now().plusSeconds(settings_.every_seconds);
  CHECK_OK(tools_.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::complete(tx, jobs.front()));
    return store::enqueue(tx, mailboxJob(next));
  }));
  if (!polled) return fail(polled.error());
  return {};
}

void MailboxWatch::watch() {
  const auto once = tools_.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::enqueue(tx, mailboxJob(tools_.clock.now()));
  });
  if (!once) log::warning("the mailbox has no job", {{"code", once.error().code}});
  while (!stopping_) {
    const auto outcome = pollByLease();
    {
      const std::lock_guard lock(mutex_);
      const auto said = outcome ? std::string() : outcome.error().code + ": " + outcome.error().detail;
      if (!said.empty() && said != trouble_)
        log::warning("the mailbox could not be read",
                     {{"code", outcome.error().code}, {"detail", outcome.error().detail}});
      trouble_ = said;
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, look_interval, [&] { return stopping_.load(); });
  }
}

}  // namespace postgang::flow
