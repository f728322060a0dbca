#include "flow/bank_words.h"
#include "flow/in_line.h"
#include "flow/track.h"

#include <algorithm>
#include <boost/json.hpp>

#include "flow/bank_files.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/words.h"
#include "store/events.h"
#include "store/sql/session.h"

namespace postgang::flow {

using channels::BankState;
using store::DeliveryFact;
using store::EventType;

namespace {

namespace json = boost::json;

std::string wireOf(const channels::BankAnswer& answer, std::string_view file) {
  json::object said{{"file", file},
                    {"delivery", answer.delivery.text()},
                    {"state", channels::name(answer.state)},
                    {"at", answer.at.text()}};
  if (!answer.code.empty()) said["code"] = answer.code;
  if (!answer.words.empty()) said["words"] = answer.words;
  return json::serialize(said);
}

// It has been shown, or the payer could not have declined it.
std::vector<store::NewEvent> shown(const std::vector<store::Event>& events, DeliveryFact fact,
                                   const channels::BankAnswer& answer) {
  std::vector<store::NewEvent> written;
  if (!isSaid(events, EventType::delivered, fact)) {
    fact.evidence = "bank";
    fact.reference = fact.delivery.text();
    written.push_back({EventType::delivered, bankActor(), fact});
  }
  const bool rejected =
      std::ranges::any_of(events, [](const auto& event) { return event.type == EventType::rejected; });
  if (answer.state == BankState::declined && !rejected)
    written.push_back({EventType::rejected, bankActor(), store::NoteFact{saidBy(answer.code, answer.words)}});
  return written;
}

}  // namespace

std::string saidBy(std::string_view code, std::string_view words) {
  if (code.empty() || words.empty()) return std::string(code) + std::string(words);
  return std::string(code) + ": " + std::string(words);
}

Outcome recordBankAnswer(const Tools& tools, store::Transaction& tx, DocumentId document,
                         const channels::BankAnswer& answer, const BankSource& source) {
  TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
  auto fact = batchedFactIn(events, answer.delivery);
  if (!fact) return {};
  fact->wire = wireOf(answer, source.file);
  fact->detail = saidBy(answer.code, answer.words);
  Following following;
  if (answer.state != BankState::refused) {
    following.events = shown(events, *fact, answer);
  } else if (!isSaid(events, EventType::delivery_failed, *fact)) {
    auto why = problem(ProblemKind::invalid, source.wholeFile ? "bank-file-refused" : "bank-refused",
                       {{"words", saidBy(answer.code, answer.words)}});
    following = whenImpossible(tools, document, progressOf(events), *fact, why);
  }
  if (following.leadsNowhere()) return {};
  return appendAndTell(tx, document, events.back().sequence, following.events, following.jobs);
}

}  // namespace postgang::flow
