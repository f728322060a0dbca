// Handing a batch over to the print house.
#include <algorithm>
#include <boost/json.hpp>

#include "base/log.h"
#include "channels/print_batch.h"
#include "flow/print_batches.h"
#include "flow/print_receipts.h"
#include "flow/slow_work.h"
#include "flow/track.h"
#include "net/put_once.h"
#include "store/blobs.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

namespace json = boost::json;

constexpr std::string_view in_folder = "in", out_folder = "out", ending = ".zip";
constexpr std::size_t letters_at_once = 50;  // `sent` on so many documents in one commit

std::string batchIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* batch = object ? object->if_contains("batch") : nullptr;
  return batch && batch->is_string() ? std::string(std::string_view(batch->get_string())) : std::string();
}

// Its receipts lie there: it has been taken, whatever we have heard of the upload.
Result<bool> isAnswered(const net::FileDrop& drop, std::string_view batch) {
  TRY(const auto files, drop.list(out_folder));
  return std::ranges::any_of(files, [&](const auto& file) {
    const auto name = channels::receiptsNameOf(file);
    return name && name->batch == batch;
  });
}

Outcome handOver(const net::FileDrop& drop, const store::PrintBatch& batch, const std::string& zip,
                 bool again) {
  const auto file = batch.id + std::string(ending);
  if (again) {
    TRY(const bool answered, isAnswered(drop, batch.id));
    if (answered) return {};
  }
  return net::putOnce(drop, in_folder, file, zip);
}

class Upload {
 public:
  Upload(const Tools& tools, const store::Job& job)
      : tools_(tools), job_(job), drop_(*tools.printing->drop) {}

  Outcome run() {
    std::optional<store::PrintBatch> found;
    std::string zip;
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(found, store::printBatch(reader, batchIn(job_)));
      if (!found || found->uploadedAt) return {};
      TRY(zip, store::blob(reader, found->digest));
      return {};
    }));
    if (!found || found->uploadedAt) return write([&](store::Transaction& tx) { return complete(tx); });
    batch_ = *found;
    const auto outcome = handOver(drop_, batch_, zip, batch_.attempts > 0 || job_.attempts > 1);
    if (!outcome) return later(outcome.error());
    TRY(const auto letters, channels::readBatch(zip));
    CHECK_OK(markSent(letters));
    return write([&](store::Transaction& tx) { return finish(tx); });
  }

 private:
  using Body = std::function<Outcome(store::Transaction&)>;
  Outcome write(const Body& body) const { return tools_.store.write(store::Priority::walk, body); }
  Outcome complete(store::Transaction& tx) const { return store::complete(tx, job_); }

  Outcome later(const Problem& problem) {
    ++batch_.attempts;
    batch_.trouble = problem.code + ": " + truncated(problem.detail, 300);
    const auto runAt = tools_.clock.now().plusSeconds(waitSeconds(job_, batch_.attempts));
    log::warning("a batch of letters could not be handed over",
                 {{"batch", batch_.id}, {"code", problem.code}, {"again", runAt.text()}});
    return write([&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::postpone(tx, job_, runAt, batch_.trouble));
      return store::updatePrintBatch(tx, batch_);
    });
  }

  // In small commits: another reader's document waits for none of them long. Each is kept once.
  Outcome markSent(const channels::LetterBatch& letters) const {
    for (std::size_t from = 0; from < letters.letters.size(); from += letters_at_once) {
      const auto to = std::min(from + letters_at_once, letters.letters.size());
      CHECK_OK(write([&](store::Transaction& tx) -> Outcome {
        for (auto at = from; at < to; ++at) CHECK_OK(sent(tx, letters.letters[at].delivery));
        return {};
      }));
    }
    return {};
  }

  Outcome sent(store::Transaction& tx, DeliveryId delivery) const {
    TRY(const auto document, store::documentOf(tx, delivery));
    if (!document) return {};
    TRY(const auto fact, paperFact(tx, *document, delivery));
    if (!fact || fact->batch != batch_.id) return {};
    auto said = *fact;
    said.evidence = "print-house";
    said.detail = "Handed over to " + batch_.house + " as " + batch_.id + ".";
    return recordFacts(tx, *document, said, {{EventType::sent, paperActor(), said}}, {});
  }

  Outcome finish(store::Transaction& tx) {
    CHECK_OK(complete(tx));
    ++batch_.attempts;
    batch_.uploadedAt = tools_.clock.now();
    batch_.trouble.clear();
    CHECK_OK(store::updatePrintBatch(tx, batch_));
    return store::enqueue(tx, printReceiptsJob(tools_.clock.now()));
  }

  const Tools& tools_;
  const store::Job& job_;
  const net::FileDrop& drop_;
  store::PrintBatch batch_;
};

}  // namespace

store::NewJob printUploadJob(std::string_view batch, Instant runAt) {
  store::NewJob job;
  job.kind = "print-upload";
  job.key = "print-upload:" + std::string(batch);
  job.runAt = runAt;
  job.payload = json::serialize(json::object{{"batch", batch}});
  return job;
}

Result<Decision> uploadPrintBatch(const Tools& tools, store::Reader& /*reads later*/, const store::Job& job) {
  // With the print house set aside for a while the batch waits for it.
  if (!tools.printing || !tools.printing->isOn())
    return Decision{[&tools, job](store::Transaction& tx) {
                      return store::postpone(tx, job, tools.clock.now().plusSeconds(waitSeconds(job, 10)),
                                             "there is no print house");
                    },
                    {}};
  return slowWork(tools, job, [&tools, job] { return Upload(tools, job).run(); });
}

}  // namespace postgang::flow
