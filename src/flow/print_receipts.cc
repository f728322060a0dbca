#include "flow/print_receipts.h"
#include "flow/in_line.h"
#include "flow/track.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/log.h"
#include "channels/print_batch.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/retries.h"
#include "flow/slow_work.h"
#include "flow/words.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

using channels::PrintReceipt;
using channels::PrintState;
using store::DeliveryFact;
using store::EventType;

namespace {

namespace json = boost::json;

constexpr std::string_view out_folder = "out", unread_folder = "unread", paper = "print";
// Often on the first day after a batch, when it is printed and posted; then only letters come back.
constexpr std::int64_t look_seconds = 600, look_seconds_later = 3600, first_day_seconds = 24 * 3600;
constexpr std::size_t letters_at_once = 50;

EventType typeOf(PrintState state) {
  switch (state) {
    case PrintState::printed:
      return EventType::printed;
    case PrintState::posted:
      return EventType::posted;
    case PrintState::returned:
      return EventType::delivery_returned;
  }
  return EventType::printed;
}

std::string wireOf(const PrintReceipt& receipt, std::string_view file) {
  json::object said = {{"file", file},
                       {"delivery", receipt.delivery.text()},
                       {"state", channels::name(receipt.state)},
                       {"at", receipt.at.text()}};
  if (!receipt.reason.empty()) said["reason"] = receipt.reason;
  if (!receipt.words.empty()) said["words"] = receipt.words;
  return json::serialize(said);
}

std::string detailOf(const PrintReceipt& receipt) {
  if (receipt.state != PrintState::returned) return receipt.words;
  auto detail = std::string(Texts::of(Language::english).word("postal.returned." + receipt.reason));
  return receipt.words.empty() ? detail : detail + ": " + receipt.words;
}

// One file of receipts.
class Receipts {
 public:
  Receipts(const Tools& tools, std::string file)
      : tools_(tools), drop_(*tools.printing->drop), file_(std::move(file)) {}

  Outcome read() {
    const auto name = channels::receiptsNameOf(file_);
    if (!name) return file_.ends_with(".json") ? setAside("it is not called after a batch") : Outcome();
    const auto bytes = drop_.get(out_folder, file_, channels::receipts_bytes_max);
    if (!bytes && bytes.error().code == "drop-not-found") return {};
    if (!bytes && bytes.error().code == "drop-file-too-large") return setAside("it is over 4 MB");
    if (!bytes) return fail(bytes.error());
    auto receipts = channels::readReceipts(*bytes);
    if (!receipts) return setAside(receipts.error().detail);
    if (receipts->batch != name->batch || receipts->number != name->number)
      return setAside("it is called otherwise than it says");
    TRY(const auto wrong, whatIsWrong(*receipts));
    if (!wrong.empty()) return setAside(wrong);
    CHECK_OK(write(receipts->receipts));
    CHECK_OK(noTrouble(name->batch));
    return drop_.remove(out_folder, file_);
  }

 private:
  // Of letters that the batch does not hold nothing may be said.
  Result<std::string> whatIsWrong(const channels::PrintReceipts& receipts) {
    std::string wrong;
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto batch, store::printBatch(reader, receipts.batch));
      if (!batch) wrong = "there is no such batch";
      for (std::size_t i = 0; i < receipts.receipts.size() && wrong.empty(); ++i) {
        const auto delivery = receipts.receipts[i].delivery;
        TRY(const auto document, store::documentOf(reader, delivery));
        std::optional<DeliveryFact> fact;
        if (document) {
          TRY(fact, paperFact(reader, *document, delivery));
        }
        if (!fact || fact->batch != receipts.batch)
          wrong = "/receipts/" + std::to_string(i) + " is about a letter that is not in the batch";
        if (document) documents_[delivery] = *document;
      }
      return {};
    }));
    return wrong;
  }

  Outcome write(const std::vector<PrintReceipt>& receipts) const {
    for (std::size_t from = 0; from < receipts.size(); from += letters_at_once) {
      const auto to = std::min(from + letters_at_once, receipts.size());
      CHECK_OK(retried([&] {
        return tools_.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
          for (auto at = from; at < to; ++at) CHECK_OK(record(tx, receipts[at]));
          return {};
        });
      }));
    }
    return {};
  }

  Outcome record(store::Transaction& tx, const PrintReceipt& receipt) const {
    const auto document = documents_.at(receipt.delivery);
    TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
    auto fact = batchedFactIn(events, receipt.delivery);
    const auto type = typeOf(receipt.state);
    if (!fact || isSaid(events, type, *fact)) return {};
    fact->evidence = "receipt";
    fact->detail = detailOf(receipt);
    fact->wire = wireOf(receipt, file_);
    std::vector<store::NewEvent> written = {{type, paperActor(), *fact}};
    std::vector<store::NewJob> jobs;
    if (type == EventType::delivery_returned) followReturn(events, document, *fact, receipt, written, jobs);
    return appendAndTell(tx, document, events.back().sequence, written, std::move(jobs));
  }

  // Another road where there is one that was not tried; else somebody must act. What has reached its reader
  // by another road stays there.
  void followReturn(const std::vector<store::Event>& events, DocumentId document, const DeliveryFact& fact,
                    const PrintReceipt& receipt, std::vector<store::NewEvent>& written,
                    std::vector<store::NewJob>& jobs) const {
    const auto then = after(progressOf(events), EventType::delivery_returned, fact);
    if (document::fold(then.status, EventType::failed) != document::Status::failed) return;
    const auto next = nextOf(then, {});
    if (std::holds_alternative<Attempt>(next)) {
      jobs.push_back(deliverJob(document, then.sender, attemptsSoFar(then), tools_.clock.now()));
      return;
    }
    const auto* how = std::get_if<Exhausted>(&next);
    if (!how) return;
    written.push_back(
        {EventType::failed,
         {},
         failedFor(*how, failedFact("letter-returned-" + receipt.reason, {{"words", receipt.words}}))});
  }

  // Nothing of it is lost: the file lies in another folder, and the batch's row says why.
  Outcome setAside(const std::string& why) const {
    log::error("receipts of the print house cannot be read", {{"file", file_}, {"why", why}});
    CHECK_OK(
        tools_.store.write(store::Priority::walk, [&](store::Transaction& tx) { return tell(tx, why); }));
    CHECK_OK(drop_.makeFolder(unread_folder));
    const auto moved = drop_.move(out_folder, file_, unread_folder);
    return !moved && moved.error().code == "drop-name-taken" ? removeIfKept() : moved;
  }

  // A file of that name lies there already. Another one stays where it is, and is said again.
  Outcome removeIfKept() const {
    TRY(const auto here, drop_.get(out_folder, file_, channels::receipts_bytes_max));
    TRY(const auto kept, drop_.get(unread_folder, file_, channels::receipts_bytes_max));
    return here == kept ? drop_.remove(out_folder, file_) : Outcome();
  }

  // On the batch that it names; where there is none, on the newest, which staff looks at first.
  Outcome tell(store::Transaction& tx, const std::string& why) const {
    const auto name = channels::receiptsNameOf(file_);
    std::optional<store::PrintBatch> batch;
    if (name) {
      TRY(batch, store::printBatch(tx, name->batch));
    }
    if (!batch) {
      TRY(auto newest, store::listPrintBatches(tx, 1));
      if (newest.empty()) return {};
      batch = std::move(newest.front());
    }
    batch->trouble = troubleOf(file_) + why + ".";
    return store::updatePrintBatch(tx, *batch);
  }

  // The house has put right what could not be read.
  Outcome noTrouble(std::string_view id) const {
    return tools_.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
      TRY(auto batch, store::printBatch(tx, id));
      if (!batch || !batch->trouble.starts_with(troubleOf(file_))) return {};
      batch->trouble.clear();
      return store::updatePrintBatch(tx, *batch);
    });
  }

  static std::string troubleOf(std::string_view file) {
    return "print-receipts-malformed: " + truncated(withoutControls(file), 150) + ": ";
  }

  const Tools& tools_;
  const net::FileDrop& drop_;
  const std::string file_;
  std::map<DeliveryId, DocumentId> documents_;
};

Outcome readAll(const Tools& tools) {
  TRY(const auto files, tools.printing->drop->list(out_folder));
  for (const auto& file : files) CHECK_OK(Receipts(tools, file).read());
  return {};
}

Result<std::int64_t> untilNextLook(store::Reader& reader, Instant now) {
  TRY(const auto newest, store::listPrintBatches(reader, 1));
  const bool isFresh = !newest.empty() && newest.front().madeAt.plusSeconds(first_day_seconds) > now;
  return isFresh ? look_seconds : look_seconds_later;
}

}  // namespace

store::Actor paperActor() {
  return {store::ActorKind::channel, std::string(paper), std::string(paper)};
}

Result<std::optional<DeliveryFact>> paperFact(store::Reader& reader, DocumentId document,
                                              DeliveryId delivery) {
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), document));
  return batchedFactIn(events, delivery);
}

store::NewJob printReceiptsJob(Instant runAt) {
  store::NewJob job;
  job.kind = "print-receipts";
  job.key = "print-receipts";
  job.runAt = runAt;
  job.payload = "{}";
  return job;
}

Result<Decision> readPrintReceipts(const Tools& tools, store::Reader& /*reads later*/,
                                   const store::Job& job) {
  if (!tools.printing || !tools.printing->isOn())
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return slowWork(tools, job, [&tools, job]() -> Outcome {
    const auto outcome = readAll(tools);
    if (!outcome)
      log::warning("the print house's receipts could not be fetched",
                   {{"code", outcome.error().code}, {"detail", outcome.error().detail}});
    return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
      const auto now = tools.clock.now();
      TRY(const auto seconds, untilNextLook(tx, now));
      return store::postpone(tx, job, now.plusSeconds(seconds),
                             outcome ? std::string() : outcome.error().code);
    });
  });
}

}  // namespace postgang::flow
