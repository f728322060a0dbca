#include "flow/bank_files.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "base/calendar.h"
#include "channels/bank.h"
#include "channels/print.h"
#include "flow/in_line.h"
#include "flow/print_batches.h"
#include "flow/slow_work.h"
#include "store/bank_files.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {

using channels::BankInvoice;
using store::DeliveryFact;
using store::EventType;

namespace {

namespace json = boost::json;

constexpr int names_max = 100'000, queue_read_max = 5'000;
constexpr std::int64_t making_microseconds_max = 20'000'000;
constexpr std::size_t copies_bytes_max = 24 * 1024 * 1024;

struct Order {
  Instant until;
  int number = 1;  // of the first file name that may be free
};

store::NewJob jobFor(const Order& order, Instant runAt) {
  store::NewJob job;
  job.kind = "bank-file";
  job.key = "bank-file:" + std::to_string(order.until.microseconds);
  job.runAt = runAt;
  job.payload = json::serialize(json::object{{"until", order.until.microseconds}, {"number", order.number}});
  return job;
}

std::optional<Order> orderIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* until = object ? object->if_contains("until") : nullptr;
  const auto* number = object ? object->if_contains("number") : nullptr;
  if (!until || !until->is_int64() || !number || !number->is_int64()) return std::nullopt;
  return Order{Instant{until->get_int64()}, static_cast<int>(number->get_int64())};
}

struct Made {
  DocumentId document;
  DeliveryFact fact;
  BankInvoice invoice;
  std::string compressed;  // the copy
};
// The file under way.
class Draft {
 public:
  Draft(const Tools& tools, const channels::Bank& bank, const store::Job& job, Order order)
      : tools_(tools), bank_(bank), job_(job), order_(order) {}

  // Draws what waits of the first sender in line, as much as there is time and room for.
  Outcome make() {
    std::vector<store::QueuedBankInvoice> queue;
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(queue, store::queuedBankInvoices(reader, order_.until, queue_read_max));
      if (queue.empty()) return {};
      TRY(sender_, store::company(reader, queue.front().sender));
      return {};
    }));
    file_.issuer = bank_.banking().issuerOf(sender_);
    const auto until = monotonicMicroseconds() + making_microseconds_max;
    for (const auto& one : queue) {
      if (one.sender != sender_.id || made_.size() >= channels::bank_invoices_max) break;
      if (!handled_.empty() && (monotonicMicroseconds() > until || bytes_ > copies_bytes_max)) break;
      CHECK_OK(tools_.store.read([&](store::Reader& reader) { return draw(reader, one); }));
      handled_.insert(one.delivery);
    }
    return {};
  }

  Outcome commit() {
    for (int i = 0; i < names_max; ++i) {
      TRY(const auto bytes, written());
      const auto compressed = compress(bytes);
      const auto outcome = tools_.store.write(
          store::Priority::walk, [&](store::Transaction& tx) { return write(tx, bytes, compressed); });
      if (outcome || (outcome.error().code != "invoices-gone" && outcome.error().code != "bank-file-known"))
        return outcome;
      if (outcome.error().code == "bank-file-known") ++order_.number;
      std::erase_if(made_, [&](const Made& made) { return gone_.contains(made.fact.delivery); });
    }
    return fail(ProblemKind::internal, "bank-file-known", "There is no free name for a file.");
  }

 private:
  Outcome draw(store::Reader& reader, const store::QueuedBankInvoice& queued) {
    TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), queued.document));
    const auto progress = progressOf(events);
    const auto* tried = waitingInLine(progress, queued.delivery);
    if (!tried) return {};
    if (isWithdrawn(progress)) {
      undone_.push_back({queued.document, queued.delivery,
                         recalledFromLine(*tried, "The document was withdrawn before its file was made.")});
      return {};
    }
    auto invoice = channels::makeBankInvoice(reader, progress.sender, progress.digest, true);
    if (invoice) {
      invoice->delivery = queued.delivery;
      // What the format has no room for is found here, and stops this invoice alone.
      if (const auto alone = fileOf({*invoice}, "alone"); !alone) invoice = fail(alone.error());
    }
    if (!invoice && !channels::isLettersOwn(invoice.error())) return fail(invoice.error());
    if (!invoice) {
      undone_.push_back(
          {queued.document, queued.delivery,
           whenImpossible(tools_, queued.document, progress, attemptFact(*tried), invoice.error())});
      return {};
    }
    auto fact = attemptFact(*tried);
    fact.address = channels::shownReceiver(invoice->receiver);
    fact.price = bank_.price().amount;
    fact.currency = bank_.price().currency;
    fact.sentDigest = sha256(invoice->copy);
    fact.reference = queued.delivery.text();
    fact.wire = channels::presentationLine(*invoice, file_.issuer);
    auto compressed = compress(invoice->copy);
    bytes_ += invoice->copy.size();
    made_.push_back({queued.document, std::move(fact), std::move(*invoice), std::move(compressed)});
    return {};
  }

  Result<std::string> fileOf(std::vector<BankInvoice> invoices, std::string name) const {
    channels::BankInvoices file;
    file.file = std::move(name);
    file.hub = bank_.banking().hub;
    file.issuer = file_.issuer;
    file.seller = sender_.name;
    const auto colon = sender_.identifier.find(':');
    file.sellerNumber =
        colon == std::string::npos ? sender_.identifier : sender_.identifier.substr(colon + 1);
    file.at = tools_.clock.now();
    file.invoices = std::move(invoices);
    return channels::writeBankInvoices(*bank_.banking().format, file);
  }

  Result<std::string> written() {
    file_.id = bankFileName(order_.until, order_.number);
    if (made_.empty()) return std::string();
    std::vector<BankInvoice> invoices;
    for (const auto& made : made_) invoices.push_back(made.invoice);
    return fileOf(std::move(invoices), file_.id);
  }

  Outcome write(store::Transaction& tx, const std::string& bytes, const std::string& compressed) {
    CHECK_OK(store::complete(tx, job_));
    gone_.clear();
    for (const auto& undone : undone_) CHECK_OK(writeUndone(tx, undone));
    for (const auto& made : made_) CHECK_OK(writeMade(tx, made));
    if (!gone_.empty())
      return fail(ProblemKind::internal, "invoices-gone", "Invoices were taken back meanwhile.");
    if (!made_.empty()) CHECK_OK(writeRow(tx, bytes, compressed));
    return goOn(tx);
  }

  Outcome writeMade(store::Transaction& tx, const Made& made) {
    TRY(const auto sequence, sequenceInLine(tx, made.document, made.fact.delivery));
    if (!sequence) {
      gone_.insert(made.fact.delivery);
      return {};
    }
    auto fact = made.fact;
    fact.batch = file_.id;
    CHECK_OK(store::putBlob(tx, *fact.sentDigest, made.compressed,
                            static_cast<std::int64_t>(made.invoice.copy.size())));
    return store::append(tx, made.document, *sequence, {{EventType::delivery_started, {}, fact}}, {});
  }

  Outcome writeRow(store::Transaction& tx, const std::string& bytes, const std::string& compressed) {
    store::BankFile row;
    row.id = file_.id;
    row.kind = "invoices";
    row.company = sender_.id;
    row.hub = bank_.banking().hub;
    row.madeAt = tools_.clock.now();
    row.digest = sha256(bytes);
    row.records = static_cast<std::int64_t>(made_.size());
    row.state = "waiting";
    CHECK_OK(store::putBlob(tx, row.digest, compressed, static_cast<std::int64_t>(bytes.size())));
    CHECK_OK(store::createBankFile(tx, row));
    return store::enqueue(tx, bankUploadJob(row.id, tools_.clock.now()));
  }

  // The other senders' invoices, what was put in line meanwhile and what had no room are the next file's.
  Outcome goOn(store::Transaction& tx) const {
    TRY(const auto left, store::queuedBankInvoices(tx, order_.until, static_cast<int>(handled_.size()) + 1));
    const bool more =
        std::ranges::any_of(left, [&](const auto& one) { return !handled_.contains(one.delivery); });
    if (!more) return {};
    return store::enqueue(tx, jobFor({order_.until, order_.number + 1}, tools_.clock.now()));
  }

  struct FileHead {
    std::string id, issuer;
  };
  const Tools& tools_;
  const channels::Bank& bank_;
  const store::Job& job_;
  Order order_;
  FileHead file_;
  store::Company sender_;
  std::vector<Made> made_;
  std::vector<Undone> undone_;
  std::set<DeliveryId> handled_, gone_;
  std::size_t bytes_ = 0;  // of copies
};

const channels::Bank* bankOf(const Tools& tools) {
  return dynamic_cast<const channels::Bank*>(tools.channels.find("bank"));
}

}  // namespace

const channels::Banking* bankingOf(const Tools& tools) {
  const auto* bank = bankOf(tools);
  return bank ? &bank->banking() : nullptr;
}

std::string bankFileName(Instant until, int number) {
  return "B" + batchName(until, number);
}

store::NewJob bankFileJob(Instant until) {
  return jobFor({until, 1}, until);
}

Result<Decision> makeBankFile(const Tools& tools, store::Reader& /*reads later*/, const store::Job& job) {
  const auto order = orderIn(job);
  const auto* bank = bankOf(tools);
  if (!order || !bank || !bank->banking().isOn())
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return slowWork(tools, job, [&tools, bank, job, order]() -> Outcome {
    Draft draft(tools, *bank, job, *order);
    CHECK_OK(draft.make());
    return draft.commit();
  });
}

store::Actor bankActor() {
  return {store::ActorKind::channel, "bank", "bank"};
}

}  // namespace postgang::flow
