#include "app/demo/errands.h"

#include <set>
#include <utility>

#include "app/demo/calendar.h"
#include "app/demo/help.h"
#include "app/demo/office_work.h"
#include "base/calendar.h"
#include "base/log.h"
#include "flow/bank_agreements.h"
#include "flow/bank_files.h"
#include "flow/bank_inbox.h"
#include "store/sql/session.h"

namespace postgang::app::demo {

namespace {

constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour;
constexpr int decides_minuteOfDay = 9 * 60 + 40, decides_weekday = 2;
constexpr std::int64_t left_days = 12;     // what has come since then waits for whoever looks at the world
constexpr std::int64_t corrects_days = 9;  // then somebody who was refused applies with the right number
constexpr int agreements_max = 50;
constexpr std::int64_t still_days = 9;  // at the end, that the late one fetches nothing at all
constexpr int connect_perMille = 90;    // of the time, between two that connect their systems
constexpr int refuses_perMille = 40, folder_refuses_perMille = 70, late_perMille = 300;
constexpr std::string_view refusals[] = {"Leverantören är spärrad i vårt system.",
                                         "Ordern är redan slutfakturerad.",
                                         "Kontering saknas för den här leverantören."};
constexpr std::string_view number_unknown = "Kundnumret finns inte hos oss. Det rätta står på fakturan.";

}  // namespace

Errands::Errands(House& house, Outside outside, const World& world, const People& people, Random random,
                 bool quick)
    : house_(house),
      outside_(std::move(outside)),
      world_(world),
      people_(people),
      random_(random),
      quick_(quick),
      systems_(house, world, people),
      sellers_(world.households.size(), -1) {
  for (const auto& relation : world.relations)
    if (relation.toHousehold) sellers_[static_cast<std::size_t>(relation.buyer)] = relation.seller;
}

std::vector<Errand> Errands::planned() {
  return std::exchange(planned_, {});
}

// As Flow::start() does: what banks say is looked for.
Outcome Errands::begin() {
  if (!outside_.banks) return {};
  return house_.store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    return store::enqueue(tx, flow::bankInboxJob(house_.clock().now()));
  });
}

void Errands::planYear(Instant from, Instant until) {
  if (outside_.banks) planAgreements(from, until);
  planSystems(from, until);
  for (auto& help : helpAsked(house_, world_, people_, until))
    if (from < help.at) add(help.at, std::move(help.go));
  for (auto& work : officeWork(house_, world_, people_, until))
    if (from < work.at) add(work.at, std::move(work.go));
}

// One after the other connects its system.
void Errands::planSystems(Instant from, Instant until) {
  const auto span = until.microseconds - from.microseconds;
  standsStillFrom_ = until.plusSeconds(-still_days * day);
  int connected = 0;
  for (int i = 0; i < static_cast<int>(world_.companies.size()); ++i)
    if (world_.companies[static_cast<std::size_t>(i)].system != OwnSystem::none)
      add(inOfficeHours(from.plusMicroseconds(span / 1000 * connect_perMille * connected++)),
          [this, i] { return systems_.connect(i); });
}

void Errands::afterArrival(int company, DocumentId document, Instant now) {
  const auto system = world_.companies[static_cast<std::size_t>(company)].system;
  if (system == OwnSystem::none) return;
  const bool refuses =
      random_.chance(system == OwnSystem::folder ? folder_refuses_perMille : refuses_perMille);
  if (system == OwnSystem::folder && !refuses) return takeFilesLater(company, now);
  if (system == OwnSystem::late && standsStillFrom_ && now > *standsStillFrom_) return;
  auto minutes = random_.between(16, 5 * 60);
  if (system == OwnSystem::late && random_.chance(late_perMille)) minutes = random_.between(13 * 60, 60 * 60);
  std::optional<std::string> refusal;
  if (refuses) refusal = random_.pick(refusals);
  add(now.plusSeconds(quick_ ? minute * (1 + minutes % 7) : minute * minutes),
      [=, this] { return systems_.confirm(company, document, refusal); });
}

void Errands::takeFilesLater(int company, Instant now) {
  if (!takesFiles_.insert(company).second) return;
  const auto wait = quick_ ? random_.between(30, 200) : minute * random_.between(20, 300);
  add(now.plusSeconds(wait), [this, company] {
    takesFiles_.erase(company);
    return systems_.emptyFolder(company);
  });
}

void Errands::planAgreements(Instant from, Instant until) {
  const auto span = until.microseconds - from.microseconds;
  const auto when = [&](int perMille) {
    return from.plusMicroseconds(span / 1000 * perMille + minute * 1'000'000 * random_.below(600));
  };
  std::set<int> sellers;
  for (int i = 0; i < static_cast<int>(world_.households.size()); ++i) {
    const auto& bank = world_.households[static_cast<std::size_t>(i)].atBank;
    const int seller = sellers_[static_cast<std::size_t>(i)];
    if (bank.applies_perMille == 0 || seller < 0) continue;
    sellers.insert(seller);
    const auto at = when(bank.applies_perMille);
    applyLater(at, i, false, !bank.customerNumber.empty());
    if (!bank.customerNumber.empty()) applyLater(at.plusSeconds(corrects_days * day), i, false, false);
    if (bank.ends_perMille > 0) applyLater(when(bank.ends_perMille), i, true, false);
  }
  const auto left = until.plusSeconds(-left_days * day);
  for (auto date = dateInStockholm(from); date < dateInStockholm(until); date = date.plusDays(1)) {
    if (date.weekday() != decides_weekday || !isBankDay(date)) continue;
    for (const int seller : sellers)
      add(inStockholm(date, decides_minuteOfDay, seller), [this, seller, left] {
        return decide(seller, std::min(left, house_.clock().now().plusSeconds(-day)));
      });
  }
}

void Errands::applyLater(Instant at, int household, bool ending, bool mistaken) {
  add(at, [=, this] { return apply(household, ending, mistaken); });
}

Outcome Errands::apply(int household, bool ending, bool mistaken) {
  const auto index = static_cast<std::size_t>(household);
  const auto& payer = world_.households[index];
  const auto now = house_.clock().now();
  channels::BankApplication application;
  application.ending = ending;
  application.reference =
      "M" + std::to_string(now.microseconds / 1'000'000) + "-" + std::to_string(++references_);
  application.issuer = world_.companies[static_cast<std::size_t>(sellers_[index])].organisationNumber;
  application.receiver = payer.atBank.receiver;
  application.customerNumber = mistaken ? payer.atBank.customerNumber : payer.customerNumber;
  application.name = payer.atBank.appliesAs.empty() ? payer.name : payer.atBank.appliesAs;
  application.bank = payer.atBank.bank;
  application.at = now;
  return outside_.banks->apply(application);
}

// A clerk goes through those that wait: the customer number is theirs, whatever the account's name is.
Outcome Errands::decide(int company, Instant appliedBefore) {
  const auto index = static_cast<std::size_t>(company);
  const auto now = house_.clock().now();
  return house_.store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    store::BankAgreementQuery query;
    query.status = store::AgreementStatus::applied;
    query.limit = agreements_max;
    TRY(const auto page, store::listBankAgreements(tx, people_.companies[index], query));
    bool decided = false;
    for (const auto& agreement : page.items) {
      if (agreement.appliedAt > appliedBefore) continue;
      flow::AgreementRequest request;
      request.by = people_.readers[index].name;
      request.decision = flow::AgreementDecision::accept;
      if (agreement.counterpart.empty()) {
        request.decision = flow::AgreementDecision::refuse;
        request.reason = number_unknown;
      }
      TRY(const auto done, flow::decideAgreement(tx, people_.companies[index], agreement.id, request, now));
      (void)done;
      decided = true;
    }
    return decided ? store::enqueue(tx, flow::bankAnswersJob(now)) : Outcome{};
  });
}

bool Errands::sendsByPeppol(const Relation& relation) const {
  return relation.inbound && outside_.peppol &&
         outside_.peppol->knows(world_.companies[static_cast<std::size_t>(relation.seller)]);
}

// What is no invoice at all cannot be put into an envelope.
bool Errands::comesByPeppol(const Mailing& mailing) const {
  const bool isWhole = mailing.mistake == Mistake::none || isSlip(mailing.mistake);
  return isWhole && sendsByPeppol(world_.relations[static_cast<std::size_t>(mailing.relation)]);
}

Result<DocumentId> Errands::bring(const Mailing& mailing) {
  TRY(const auto taken, outside_.peppol->bring(house_.flow(), mailing));
  return taken.document.value_or(DocumentId{});
}

void Errands::takeAnswers(Instant now) {
  for (auto& answer : outside_.peppol->answers(now))
    add(quick_ ? now.plusSeconds(random_.between(10, 120)) : answer.at,
        [this, envelope = std::move(answer.envelope)]() -> Outcome {
          const auto taken = outside_.peppol->take(house_.flow(), envelope);
          return taken ? Outcome{} : fail(taken.error());
        });
}

void Errands::afterFlow(Instant now) {
  if (outside_.peppol) takeAnswers(now);
  if (!outside_.banks || hubLooks_ || !outside_.banks->hasWork()) return;
  hubLooks_ = true;
  const auto wait = quick_ ? random_.between(20, 90) : minute * random_.between(20, 50);
  add(now.plusSeconds(wait), [this] {
    hubLooks_ = false;
    return outside_.banks->round(house_.clock().now());
  });
}

// Somebody who has not got their invoices in their bank yet applies for them.
void Errands::somebody(Instant now) {
  if (!outside_.banks) return;
  const int household = random_.below(static_cast<int>(world_.households.size()));
  const auto index = static_cast<std::size_t>(household);
  const auto& bank = world_.households[index].atBank;
  if (bank.receiver.empty() || bank.applies_perMille > 0 || sellers_[index] < 0) return;
  applyLater(now, household, false, false);
}

}  // namespace postgang::app::demo
