// Handing a file over to the bank hub.
#include <algorithm>
#include <boost/json.hpp>

#include "base/log.h"
#include "channels/bank_messages.h"
#include "flow/bank_files.h"
#include "flow/bank_inbox.h"
#include "flow/in_line.h"
#include "flow/slow_work.h"
#include "flow/track.h"
#include "net/put_once.h"
#include "store/bank_files.h"
#include "store/blobs.h"
#include "store/smartmail.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

namespace json = boost::json;

constexpr std::string_view in_folder = "in";
constexpr std::size_t invoices_at_once = 50;  // `sent` on so many documents in one commit

std::string fileIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* file = object ? object->if_contains("file") : nullptr;
  return file && file->is_string() ? std::string(std::string_view(file->get_string())) : std::string();
}

class Upload {
 public:
  Upload(const Tools& tools, const channels::Banking& banking, const store::Job& job)
      : tools_(tools), banking_(banking), job_(job) {}

  Outcome run() {
    std::optional<store::BankFile> found;
    std::string bytes;
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::bankFile(reader, fileIn(job_)));
      if (!found || found->handedOverAt) return {};
      TRY(bytes, store::blob(reader, found->digest));
      return {};
    }));
    if (!found || found->handedOverAt)
      return write([&](store::Transaction& tx) { return store::complete(tx, job_); });
    file_ = *found;
    // What has its receipt was taken, whatever we have heard of the upload.
    if (!file_.answeredAt) {
      const auto outcome =
          net::putOnce(*banking_.drop, in_folder, file_.id + banking_.format->ending(), bytes);
      if (!outcome) return later(outcome.error());
    }
    if (file_.kind == "invoices") CHECK_OK(markSent(bytes));
    return write([&](store::Transaction& tx) { return finish(tx); });
  }

 private:
  using Body = std::function<Outcome(store::Transaction&)>;
  Outcome write(const Body& body) const { return tools_.store.write(store::Priority::walk, body); }

  // What the row says now, changed.
  Outcome change(store::Transaction& tx, const std::function<void(store::BankFile&)>& with) const {
    TRY(auto now, store::bankFile(tx, file_.id));
    if (!now) return {};
    with(*now);
    return store::updateBankFile(tx, *now);
  }

  Outcome later(const Problem& problem) {
    const auto attempts = file_.attempts + 1;
    const auto trouble = problem.code + ": " + truncated(problem.detail, 300);
    const auto runAt = tools_.clock.now().plusSeconds(waitSeconds(job_, attempts));
    log::warning("a file could not be handed over to the bank hub",
                 {{"file", file_.id}, {"code", problem.code}, {"again", runAt.text()}});
    return write([&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::postpone(tx, job_, runAt, trouble));
      return change(tx, [&](store::BankFile& row) {
        row.attempts = attempts;
        row.trouble = trouble;
      });
    });
  }

  // In small commits, each kept once.
  Outcome markSent(const std::string& bytes) const {
    TRY(const auto file, channels::readBankInvoices(*banking_.format, bytes));
    for (std::size_t from = 0; from < file.invoices.size(); from += invoices_at_once) {
      const auto to = std::min(from + invoices_at_once, file.invoices.size());
      CHECK_OK(write([&](store::Transaction& tx) -> Outcome {
        for (auto at = from; at < to; ++at) CHECK_OK(sent(tx, file.invoices[at].delivery));
        return {};
      }));
    }
    return {};
  }

  Outcome sent(store::Transaction& tx, DeliveryId delivery) const {
    TRY(const auto document, store::documentOf(tx, delivery));
    if (!document) return {};
    TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), *document));
    auto said = batchedFactIn(events, delivery);
    if (!said || said->batch != file_.id) return {};
    said->evidence = "bank-hub";
    said->detail = "Handed over to " + file_.hub + " in " + file_.id + ".";
    said->reference = delivery.text();
    return recordFacts(tx, *document, *said, {{EventType::sent, bankActor(), *said}}, {});
  }

  Outcome finish(store::Transaction& tx) {
    CHECK_OK(store::complete(tx, job_));
    CHECK_OK(change(tx, [&](store::BankFile& row) {
      ++row.attempts;
      row.handedOverAt = tools_.clock.now();
      if (row.state == "waiting") row.state = "handed-over";
      row.trouble.clear();
    }));
    return store::enqueue(tx, bankInboxJob(tools_.clock.now()));
  }

  const Tools& tools_;
  const channels::Banking& banking_;
  const store::Job& job_;
  store::BankFile file_;
};

}  // namespace

store::NewJob bankUploadJob(std::string_view file, Instant runAt) {
  store::NewJob job;
  job.kind = "bank-upload";
  job.key = "bank-upload:" + std::string(file);
  job.runAt = runAt;
  job.payload = json::serialize(json::object{{"file", file}});
  return job;
}

Result<Decision> uploadBankFile(const Tools& tools, store::Reader& /*reads later*/, const store::Job& job) {
  const auto* banking = bankingOf(tools);
  // With the hub set aside for a while the file waits for it.
  if (!banking || !banking->isOn())
    return Decision{[&tools, job](store::Transaction& tx) {
                      return store::postpone(tx, job, tools.clock.now().plusSeconds(waitSeconds(job, 10)),
                                             "there is no bank hub");
                    },
                    {}};
  return slowWork(tools, job, [&tools, banking, job] { return Upload(tools, *banking, job).run(); });
}

}  // namespace postgang::flow
