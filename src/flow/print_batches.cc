#include "flow/print_batches.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <set>

#include "base/calendar.h"
#include "base/log.h"
#include "channels/print.h"
#include "channels/print_batch.h"
#include "flow/in_line.h"
#include "flow/slow_work.h"
#include "store/blobs.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

using channels::BatchLetter;
using channels::PrintedLetter;
using store::DeliveryFact;
using store::EventType;

namespace {

namespace json = boost::json;

constexpr int names_max = 100'000;
constexpr std::int64_t making_microseconds_max = 20'000'000;
constexpr std::size_t letters_bytes_max = 32 * 1024 * 1024;

struct Order {
  Instant cutOff;
  int number = 1;  // of the first batch name that may be free
};

store::NewJob jobFor(const Order& order, Instant runAt) {
  const auto cutOff = std::to_string(order.cutOff.microseconds);
  store::NewJob job;
  job.kind = "print-batch";
  job.key = "print-batch:" + cutOff;
  job.runAt = runAt;
  job.payload =
      json::serialize(json::object{{"cutOff", order.cutOff.microseconds}, {"number", order.number}});
  return job;
}

std::optional<Order> orderIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* cutOff = object ? object->if_contains("cutOff") : nullptr;
  const auto* number = object ? object->if_contains("number") : nullptr;
  if (!cutOff || !cutOff->is_int64() || !number || !number->is_int64()) return std::nullopt;
  return Order{Instant{cutOff->get_int64()}, static_cast<int>(number->get_int64())};
}

// --- One letter

struct Made {
  DocumentId document;
  DeliveryFact fact;
  BatchLetter letter;
  std::string compressed;
};
BatchLetter letterOf(DeliveryId delivery, PrintedLetter& printed, const channels::LetterRules& rules) {
  BatchLetter letter;
  letter.delivery = delivery;
  letter.pdf = std::move(printed.pdf);
  letter.digest = sha256(letter.pdf);
  letter.pages = printed.pages;
  letter.sheets = printed.sheets;
  letter.duplex = rules.duplex;
  letter.colour = rules.colour;
  letter.zone = printed.to.zone;
  letter.weightClass = printed.price.weightClass;
  letter.enclosures = printed.enclosures;
  letter.recipient = printed.to.lines;
  letter.returnAddress = printed.returnAddress;
  letter.language = printed.language;
  return letter;
}

DeliveryFact startedFact(const Tried& tried, const PrintedLetter& printed, const BatchLetter& letter) {
  auto fact = attemptFact(tried);
  fact.address = printed.addressLine();
  fact.sheets = printed.sheets;
  fact.price = printed.price.price.amount;
  fact.currency = printed.price.price.currency;
  fact.sentDigest = letter.digest;
  fact.wire = truncated(channels::manifestLine(letter), store::wire_bytes_max / 4);
  if (printed.form.standIn)
    fact.detail = "Form " + printed.form.code + " is not set up: printed on the standard form.";
  return fact;
}

// The batch under way.
class Draft {
 public:
  Draft(const Tools& tools, const store::Job& job, Order order) : tools_(tools), job_(job), order_(order) {}

  // Draws what waits, as much as there is time and room for.
  Outcome make() {
    std::vector<store::QueuedLetter> queue;
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(queue, store::queuedLetters(reader, order_.cutOff, static_cast<int>(channels::batch_letters_max)));
      return {};
    }));
    const auto until = monotonicMicroseconds() + making_microseconds_max;
    for (const auto& letter : queue) {
      if (handled_.size() > 0 && (monotonicMicroseconds() > until || bytes_ > letters_bytes_max)) break;
      CHECK_OK(tools_.store.read([&](store::Reader& reader) { return draw(reader, letter); }));
      handled_.insert(letter.delivery);
    }
    return {};
  }

  Outcome commit() {
    for (int i = 0; i < names_max; ++i) {
      TRY(const auto zip, zipped());
      const auto compressed = compress(zip);
      const auto outcome = tools_.store.write(
          store::Priority::walk, [&](store::Transaction& tx) { return write(tx, zip, compressed); });
      if (outcome || (outcome.error().code != "letters-gone" && outcome.error().code != "batch-known"))
        return outcome;
      if (outcome.error().code == "batch-known") ++order_.number;
      std::erase_if(made_, [&](const Made& made) { return gone_.contains(made.fact.delivery); });
    }
    return fail(ProblemKind::internal, "print-batch-malformed", "There is no free name for a batch.");
  }

 private:
  Outcome draw(store::Reader& reader, const store::QueuedLetter& queued) {
    TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), queued.document));
    const auto progress = progressOf(events);
    const auto* tried = waitingInLine(progress, queued.delivery);
    if (!tried) return {};
    if (isWithdrawn(progress)) {
      undone_.push_back({queued.document, queued.delivery,
                         recalledFromLine(*tried, "The document was withdrawn before its batch was made.")});
      return {};
    }
    const auto& rules = tools_.printing->rules;
    auto printed = channels::printLetter(reader, progress.sender, progress.digest, rules);
    if (!printed && !channels::isLettersOwn(printed.error())) return fail(printed.error());
    if (!printed) {
      undone_.push_back(
          {queued.document, queued.delivery,
           whenImpossible(tools_, queued.document, progress, attemptFact(*tried), printed.error())});
      return {};
    }
    auto letter = letterOf(queued.delivery, *printed, rules);
    auto fact = startedFact(*tried, *printed, letter);
    auto compressed = compress(letter.pdf);
    bytes_ += letter.pdf.size();
    made_.push_back({queued.document, std::move(fact), std::move(letter), std::move(compressed)});
    return {};
  }

  Result<std::string> zipped() {
    batch_ = {batchName(order_.cutOff, order_.number), tools_.printing->house, tools_.clock.now(), {}};
    if (made_.empty()) return std::string();
    for (const auto& made : made_) batch_.letters.push_back(made.letter);
    return channels::writeBatch(batch_);
  }

  Outcome write(store::Transaction& tx, const std::string& zip, const std::string& compressed) {
    CHECK_OK(store::complete(tx, job_));
    gone_.clear();
    for (const auto& undone : undone_) CHECK_OK(writeUndone(tx, undone));
    for (const auto& made : made_) CHECK_OK(writeMade(tx, made));
    if (!gone_.empty())
      return fail(ProblemKind::internal, "letters-gone", "Letters were taken back meanwhile.");
    if (!made_.empty()) CHECK_OK(writeBatchRow(tx, zip, compressed));
    return goOn(tx);
  }

  Outcome writeMade(store::Transaction& tx, const Made& made) {
    TRY(const auto sequence, sequenceInLine(tx, made.document, made.fact.delivery));
    if (!sequence) {
      gone_.insert(made.fact.delivery);
      return {};
    }
    auto fact = made.fact;
    fact.batch = batch_.id;
    CHECK_OK(store::putBlob(tx, made.letter.digest, made.compressed,
                            static_cast<std::int64_t>(made.letter.pdf.size())));
    return store::append(tx, made.document, *sequence, {{EventType::delivery_started, {}, fact}}, {});
  }

  Outcome writeBatchRow(store::Transaction& tx, const std::string& zip, const std::string& compressed) {
    store::PrintBatch row;
    row.id = batch_.id;
    row.house = batch_.house;
    row.cutOff = order_.cutOff;
    row.madeAt = batch_.at;
    row.digest = sha256(zip);
    row.letters = static_cast<std::int64_t>(batch_.letters.size());
    for (const auto& letter : batch_.letters) row.sheets += letter.sheets;
    CHECK_OK(store::putBlob(tx, row.digest, compressed, static_cast<std::int64_t>(zip.size())));
    CHECK_OK(store::createPrintBatch(tx, row));
    return store::enqueue(tx, printUploadJob(row.id, tools_.clock.now()));
  }

  // What was put in line meanwhile, or had no room, is the next round's.
  Outcome goOn(store::Transaction& tx) const {
    TRY(const auto left, store::queuedLetters(tx, order_.cutOff, static_cast<int>(handled_.size()) + 1));
    const bool more =
        std::ranges::any_of(left, [&](const auto& letter) { return !handled_.contains(letter.delivery); });
    if (!more) return {};
    return store::enqueue(tx, jobFor({order_.cutOff, order_.number + 1}, tools_.clock.now()));
  }

  const Tools& tools_;
  const store::Job& job_;
  Order order_;
  channels::LetterBatch batch_;
  std::vector<Made> made_;
  std::vector<Undone> undone_;
  std::set<DeliveryId> handled_, gone_;
  std::size_t bytes_ = 0;  // of what is made
};

}  // namespace

std::string batchName(Instant cutOff, int number) {
  const auto date = dateInStockholm(cutOff);
  const int minute = minuteInStockholm(cutOff);
  char name[64];
  std::snprintf(name, sizeof name, "%04d%02d%02d-%02d%02d-%03d", date.year(), date.month(), date.day(),
                minute / 60, minute % 60, number);
  return name;
}

store::NewJob printBatchJob(Instant cutOff) {
  return jobFor({cutOff, 1}, cutOff.plusSeconds(channels::cut_off_grace_seconds));
}

Result<Decision> makePrintBatch(const Tools& tools, store::Reader& /*reads later*/, const store::Job& job) {
  const auto order = orderIn(job);
  if (!order || !tools.printing || !tools.printing->isOn())
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return slowWork(tools, job, [&tools, job, order]() -> Outcome {
    Draft draft(tools, job, *order);
    CHECK_OK(draft.make());
    return draft.commit();
  });
}

}  // namespace postgang::flow
