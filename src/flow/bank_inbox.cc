#include "flow/bank_inbox.h"
#include "flow/in_line.h"

#include <algorithm>

#include "base/log.h"
#include "channels/bank_messages.h"
#include "flow/bank_agreements.h"
#include "flow/bank_files.h"
#include "flow/bank_words.h"
#include "flow/retries.h"
#include "flow/slow_work.h"
#include "store/bank_files.h"
#include "store/blobs.h"
#include "store/smartmail.h"
#include "store/sql/session.h"

namespace postgang::flow {

using channels::BankFileKind;

namespace {

constexpr std::string_view out_folder = "out", unread_folder = "unread";
constexpr std::int64_t look_seconds = 300;
constexpr std::size_t at_once = 50;  // documents, or agreements, in one commit

// One file of the hub's.
class Incoming {
 public:
  Incoming(const Tools& tools, const channels::Banking& banking, std::string file)
      : tools_(tools), banking_(banking), drop_(*banking.drop), file_(std::move(file)) {}

  Outcome read() {
    if (!net::isDropName(file_) || !file_.ends_with(banking_.format->ending())) return {};  // not for us
    const auto kind = channels::bankFileKindOf(file_);
    if (!kind) return setAside("it is not called after what it is");
    const auto bytes = drop_.get(out_folder, file_, channels::bank_answer_bytes_max);
    if (!bytes && bytes.error().code == "drop-not-found") return {};
    if (!bytes && bytes.error().code == "drop-file-too-large") return setAside("it is over 8 MB");
    if (!bytes) return fail(bytes.error());
    TRY(const auto wrong, take(*kind, *bytes));
    return wrong.empty() ? drop_.remove(out_folder, file_) : setAside(wrong);
  }

 private:
  using Body = std::function<Outcome(store::Transaction&)>;
  Outcome write(const Body& body) const { return tools_.store.write(store::Priority::walk, body); }

  // What is wrong with it; empty: it was taken.
  Result<std::string> take(BankFileKind kind, const std::string& bytes) {
    const auto& format = *banking_.format;
    switch (kind) {
      case BankFileKind::receipt: {
        const auto receipt = channels::readBankReceipt(format, bytes);
        return receipt ? takeReceipt(*receipt) : receipt.error().detail;
      }
      case BankFileKind::answers: {
        const auto answers = channels::readBankAnswers(format, bytes);
        return answers ? takeAnswers(*answers) : answers.error().detail;
      }
      case BankFileKind::agreements: {
        const auto applications = channels::readBankApplications(format, bytes);
        return applications ? takeApplications(*applications) : applications.error().detail;
      }
    }
    return std::string();
  }

  // --- Of a whole file

  Result<std::string> takeReceipt(const channels::BankReceipt& receipt) {
    std::optional<store::BankFile> row;
    std::string bytes;
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(row, store::bankFile(reader, receipt.file));
      if (row && row->kind == "invoices" && !receipt.accepted) {
        TRY(bytes, store::blob(reader, row->digest));
      }
      return {};
    }));
    if (!row || row->kind == "unread") return std::string("there is no such file");
    const std::string state = receipt.accepted ? "accepted" : "refused";
    const bool answered = row->state == "accepted" || row->state == "refused";
    if (answered && row->state != state) return std::string("an earlier receipt says otherwise");
    if (!bytes.empty()) {
      TRY(const auto file, channels::readBankInvoices(*banking_.format, bytes));
      CHECK_OK(refuseAll(file, receipt));
    }
    CHECK_OK(write([&](store::Transaction& tx) -> Outcome {
      TRY(auto now, store::bankFile(tx, receipt.file));
      if (!now || now->answeredAt) return {};
      now->state = state;
      now->answeredAt = tools_.clock.now();
      if (!receipt.accepted) now->reason = saidBy(receipt.code, receipt.words);
      return store::updateBankFile(tx, *now);
    }));
    return std::string();
  }

  Outcome refuseAll(const channels::BankInvoices& file, const channels::BankReceipt& receipt) {
    std::vector<channels::BankAnswer> answers;
    for (const auto& invoice : file.invoices)
      answers.push_back(
          {invoice.delivery, channels::BankState::refused, receipt.at, receipt.code, receipt.words});
    TRY(const auto wrong, findDocuments(receipt.file, answers));
    if (!wrong.empty())
      log::error("a file holds what no document knows", {{"file", receipt.file}, {"why", wrong}});
    return record(answers, true);
  }

  // --- Of single invoices

  Result<std::string> takeAnswers(const channels::BankAnswers& answers) {
    TRY(auto wrong, findDocuments(answers.file, answers.answers));
    if (!wrong.empty()) return wrong;
    CHECK_OK(record(answers.answers, false));
    return std::string();
  }

  // Of invoices that the file does not hold nothing may be said.
  Result<std::string> findDocuments(const std::string& file,
                                    const std::vector<channels::BankAnswer>& answers) {
    std::string wrong;
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto row, store::bankFile(reader, file));
      if (!row || row->kind != "invoices") wrong = "there is no such file";
      for (std::size_t i = 0; i < answers.size() && wrong.empty(); ++i) {
        const auto delivery = answers[i].delivery;
        TRY(const auto document, store::documentOf(reader, delivery));
        if (document) {
          TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), *document));
          const auto fact = batchedFactIn(events, delivery);
          if (fact && fact->batch == file) documents_[delivery] = *document;
        }
        if (!documents_.contains(delivery))
          wrong = "record " + std::to_string(i + 1) + " is about an invoice that is not in the file";
      }
      return {};
    }));
    return wrong;
  }

  Outcome record(const std::vector<channels::BankAnswer>& answers, bool wholeFile) const {
    for (std::size_t from = 0; from < answers.size(); from += at_once) {
      const auto to = std::min(from + at_once, answers.size());
      CHECK_OK(retried([&] {
        return write([&](store::Transaction& tx) -> Outcome {
          for (auto at = from; at < to; ++at) CHECK_OK(recordOne(tx, answers[at], wholeFile));
          return {};
        });
      }));
    }
    return {};
  }

  Outcome recordOne(store::Transaction& tx, const channels::BankAnswer& answer, bool wholeFile) const {
    const auto document = documents_.find(answer.delivery);
    if (document == documents_.end()) return {};
    return recordBankAnswer(tools_, tx, document->second, answer, {file_, wholeFile});
  }

  // --- Agreements

  // Each by itself: what is wrong with one is said, and the others are taken.
  Result<std::string> takeApplications(const channels::BankApplications& file) {
    std::string wrong;
    std::size_t bad = 0;
    for (std::size_t from = 0; from < file.applications.size(); from += at_once) {
      const auto to = std::min(from + at_once, file.applications.size());
      std::string here;
      std::size_t badHere = 0;
      CHECK_OK(write([&](store::Transaction& tx) -> Outcome {
        here.clear();
        badHere = 0;
        for (auto at = from; at < to; ++at) {
          TRY(const auto why, takeOne(tx, file.applications[at]));
          if (why.empty()) continue;
          ++badHere;
          if (here.empty()) here = "record " + std::to_string(at + 1) + " " + why;
        }
        return store::enqueue(tx, bankAnswersJob(tools_.clock.now()));
      }));
      bad += badHere;
      if (wrong.empty()) wrong = here;
    }
    return bad > 1 ? wrong + " (" + std::to_string(bad) + " records are wrong)" : wrong;
  }

  Result<std::string> takeOne(store::Transaction& tx, const channels::BankApplication& application) const {
    const auto identifier = banking_.identifierOf(application.issuer);
    std::optional<store::Company> company;
    if (!identifier.empty()) {
      TRY(company, store::companyByIdentifier(tx, identifier));
    }
    if (!company || !company->isCustomer)
      return "names an issuer that nobody here has: " + application.issuer;
    const auto taken = takeApplication(tx, tools_.ids, *company, application, tools_.clock.now());
    if (!taken && taken.error().kind == ProblemKind::invalid)
      return std::string("names a payer that is none");
    if (!taken) return fail(taken.error());
    return std::string();
  }

  // Nothing of it is lost: the file lies in another folder, and a row says why.
  Outcome setAside(const std::string& why) const {
    log::error("a file of the bank hub cannot be taken", {{"file", file_}, {"why", why}});
    CHECK_OK(write([&](store::Transaction& tx) -> Outcome {
      store::BankFile row;
      row.id = "unread:" + truncated(withoutControls(file_), 150);
      row.kind = row.state = "unread";
      row.hub = banking_.hub;
      row.madeAt = tools_.clock.now();
      row.trouble = why + ".";
      TRY(const auto known, store::bankFile(tx, row.id));
      return known ? store::updateBankFile(tx, row) : store::createBankFile(tx, row);
    }));
    CHECK_OK(drop_.makeFolder(unread_folder));
    const auto moved = drop_.move(out_folder, file_, unread_folder);
    return !moved && moved.error().code == "drop-name-taken" ? removeIfKept() : moved;
  }

  // A file of that name lies there already. Another one stays where it is, and is said again.
  Outcome removeIfKept() const {
    TRY(const auto here, drop_.get(out_folder, file_, channels::bank_answer_bytes_max));
    TRY(const auto kept, drop_.get(unread_folder, file_, channels::bank_answer_bytes_max));
    return here == kept ? drop_.remove(out_folder, file_) : Outcome();
  }

  const Tools& tools_;
  const channels::Banking& banking_;
  const net::FileDrop& drop_;
  const std::string file_;
  std::map<DeliveryId, DocumentId> documents_;
};

Outcome readAll(const Tools& tools, const channels::Banking& banking) {
  TRY(const auto files, banking.drop->list(out_folder));
  Outcome first;
  for (const auto& file : files) {
    auto outcome = Incoming(tools, banking, file).read();
    // One that we may not touch keeps none of the others waiting.
    if (!outcome && outcome.error().code != "drop-refused") return outcome;
    if (!outcome && first) first = std::move(outcome);
  }
  return first;
}

}  // namespace

store::NewJob bankInboxJob(Instant runAt) {
  store::NewJob job;
  job.kind = "bank-inbox";
  job.key = "bank-inbox";
  job.runAt = runAt;
  job.payload = "{}";
  return job;
}

Result<Decision> readBankInbox(const Tools& tools, store::Reader& /*reads later*/, const store::Job& job) {
  const auto* banking = bankingOf(tools);
  if (!banking || !banking->isOn())
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return slowWork(tools, job, [&tools, banking, job]() -> Outcome {
    const auto outcome = readAll(tools, *banking);
    if (!outcome)
      log::warning("the bank hub's files could not be fetched",
                   {{"code", outcome.error().code}, {"detail", outcome.error().detail}});
    return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) {
      return store::postpone(tx, job, tools.clock.now().plusSeconds(look_seconds),
                             outcome ? std::string() : outcome.error().code);
    });
  });
}

}  // namespace postgang::flow
