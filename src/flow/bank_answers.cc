// Answers to who has applied at an internet bank, in files to the hub.
#include <algorithm>

#include "channels/bank_messages.h"
#include "flow/bank_agreements.h"
#include "flow/bank_files.h"
#include "flow/slow_work.h"
#include "store/bank_files.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr int answers_max = 1'000, names_max = 10'000;

// One file of answers; nothing where there is nothing to tell.
Outcome writeAnswers(const Tools& tools, const channels::Banking& banking, store::Transaction& tx,
                     const store::Job& job) {
  CHECK_OK(store::complete(tx, job));
  TRY(auto agreements, store::untoldBankAgreements(tx, answers_max));
  if (agreements.empty()) return {};
  const auto now = tools.clock.now();
  store::BankFile row;
  for (int number = 1; number < names_max; ++number) {
    row.id = "A" + bankFileName(now, number).substr(1);
    TRY(const auto known, store::bankFile(tx, row.id));
    if (!known) break;
  }
  channels::AgreementAnswers answers{row.id, now, {}};
  for (auto& agreement : agreements) {
    TRY(const auto company, store::company(tx, agreement.company));
    const auto state = std::string(store::name(agreement.status));
    answers.answers.push_back({agreement.reference, banking.issuerOf(company), agreement.receiver,
                               agreement.customerNumber, state,
                               agreement.status == store::AgreementStatus::accepted ? "" : agreement.reason});
    agreement.told = state;
    CHECK_OK(store::putBankAgreement(tx, agreement));
  }
  // A company that is connected no longer has no issuer's id to answer under.
  std::erase_if(answers.answers, [](const auto& answer) { return answer.issuer.empty(); });
  if (answers.answers.empty()) return {};
  TRY(const auto bytes, channels::writeAgreementAnswers(*banking.format, answers));
  row.kind = "agreement-answers";
  row.hub = banking.hub;
  row.madeAt = now;
  row.digest = sha256(bytes);
  row.records = static_cast<std::int64_t>(answers.answers.size());
  row.state = "waiting";
  CHECK_OK(store::putBlob(tx, row.digest, compress(bytes), static_cast<std::int64_t>(bytes.size())));
  CHECK_OK(store::createBankFile(tx, row));
  if (agreements.size() == answers_max) CHECK_OK(store::enqueue(tx, bankAnswersJob(now)));
  return store::enqueue(tx, bankUploadJob(row.id, now));
}

}  // namespace

store::NewJob bankAnswersJob(Instant runAt) {
  store::NewJob job;
  job.kind = "bank-answers";
  job.key = "bank-answers";
  job.runAt = runAt;
  job.payload = "{}";
  return job;
}

Result<Decision> answerAgreements(const Tools& tools, store::Reader& /*reads later*/, const store::Job& job) {
  const auto* banking = bankingOf(tools);
  if (!banking || !banking->isOn())
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return slowWork(tools, job, [&tools, banking, job]() -> Outcome {
    return tools.store.write(store::Priority::walk,
                             [&](store::Transaction& tx) { return writeAnswers(tools, *banking, tx, job); });
  });
}

}  // namespace postgang::flow
