#include "flow/partner_checks.h"

#include <memory>
#include <set>
#include <vector>

#include "channels/recipient.h"
#include "document/identifiers.h"
#include "flow/ask_registers.h"
#include "flow/route.h"
#include "store/news.h"
#include "store/partner_reach.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr int companies_together = 100;
constexpr int partners_together = 20;
constexpr std::string_view by_customer_number = "customer:";

struct Answer {
  std::string identifier;
  std::vector<store::PlanStep> plan;
};

// Who has no electronic identifier is looked for by number and name, as a document to them would be.
Result<channels::Recipient> recipientFor(store::Reader& reader, CompanyId owner,
                                         const std::string& identifier) {
  document::Party party;
  TRY(const auto partner, store::partner(reader, store::Viewer::system(), owner, identifier));
  if (auto parsed = document::parseIdentifier(identifier)) {
    party.identifier = *parsed;
    party.identifiers = {*parsed};
  } else if (identifier.starts_with(by_customer_number)) {
    party.customerNumber = identifier.substr(by_customer_number.size());
  }
  if (partner) {
    party.name = partner->name;
    party.isPerson = partner->person;
    if (party.customerNumber.empty()) party.customerNumber = partner->customerNumber;
  }
  return channels::recipientOf(reader, owner, party);
}

Outcome tellOfReach(store::Transaction& tx, CompanyId owner, const Answer& answer,
                    const store::Checked& checked) {
  store::News news;
  news.kind = "reachable";
  news.company = owner;
  news.path = "/partners/" + answer.identifier;
  news.words = {{"counterpart", checked.name}, {"channel", checked.einvoice}};
  news.key = answer.identifier + " " + dateInStockholm(tx.clock().now()).text();
  return store::enqueue(tx, store::newsJob(news, tx.clock().now()));
}

store::NewJob checkJob(CompanyId owner, Instant at) {
  store::NewJob job;
  job.kind = "partner-check";
  job.key = "partner-check:" + std::to_string(owner.value);
  job.company = owner;
  job.runAt = at;
  return job;
}

}  // namespace

Outcome layPartnerChecks(const Tools& tools) {
  const auto now = tools.clock.now();
  std::set<CompanyId> owners;
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto due, store::partnersToCheck(reader, now, companies_together));
    for (const auto& one : due) owners.insert(one.owner);
    return {};
  }));
  if (owners.empty()) return {};
  return tools.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    for (const auto owner : owners) CHECK_OK(store::enqueue(tx, checkJob(owner, now)));
    return {};
  });
}

Result<Decision> checkPartners(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto now = tools.clock.now();
  TRY(const auto due, store::partnersToCheck(reader, now, partners_together, job.company));
  std::vector<channels::Recipient> recipients;
  std::vector<Registers::Question> open;
  for (const auto& one : due) {
    TRY(auto recipient, recipientFor(reader, one.owner, one.identifier));
    if (tools.registers && tools.lanes) {
      TRY(auto questions, tools.registers->openQuestions(reader, recipient));
      open.insert(open.end(), std::make_move_iterator(questions.begin()),
                  std::make_move_iterator(questions.end()));
    }
    recipients.push_back(std::move(recipient));
  }
  if (!open.empty()) return askRegisters(tools, job, std::move(open));
  auto answers = std::make_shared<std::vector<Answer>>();
  for (std::size_t i = 0; i < due.size(); ++i) {
    TRY(auto found, route(reader, tools.channels, due[i].owner, recipients[i], now));
    answers->push_back({due[i].identifier, std::move(found.plan.plan)});
  }
  return Decision{[job, answers](store::Transaction& tx) -> Outcome {
                    for (const auto& answer : *answers) {
                      TRY(const auto kept, store::keepReach(tx, job.company, answer.identifier, answer.plan));
                      if (kept.isNews) CHECK_OK(tellOfReach(tx, job.company, answer, kept));
                    }
                    return store::complete(tx, job);
                  },
                  {}};
}

}  // namespace postgang::flow
