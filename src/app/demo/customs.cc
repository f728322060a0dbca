#include "app/demo/customs.h"

#include <utility>

#include "app/demo/calendar.h"
#include "app/demo/ordering.h"
#include "app/demo/slips.h"

namespace postgang::app::demo {

using document::Status;

namespace {

constexpr std::int64_t minute = 60;
constexpr int hour = 60, day = 24 * hour;  // in minutes
constexpr int reads_perMille = 850;
constexpr int never_perMille = 70;      // of what comes back: nobody there sees to it
constexpr int remembers_perMille = 60;  // of corrections
constexpr int releases_perMille = 800;  // of what is held
constexpr int answers_perMille = 40, rejects_perMille = 200;
constexpr int recalls_perMille = 2, resends_perMille = 2;

constexpr std::string_view correctionReasons[] = {"",
                                                  "",
                                                  "",
                                                  "Rättat efter returen.",
                                                  "Uppgiften saknades i vårt system.",
                                                  "Kontrollerat med beställaren."};
constexpr std::string_view releaseReasons[] = {"Kontrollerat med leverantören.", "Avtalat med beställaren.",
                                               "Släpps igenom den här gången."};
constexpr std::string_view oldReasons[] = {"Perioden är stängd. Skicka en ny faktura med dagens datum.",
                                           "Fakturan är för gammal, vi har redan gjort bokslut."};
constexpr std::string_view accountReasons[] = {
    "Bankgirot är inte det vi har registrerat. Hör av er till vår inköpsavdelning.",
    "Vi känner inte igen bankgirot och betalar inte till det."};
constexpr std::string_view acceptReasons[] = {"", "", "Attesterad."};
constexpr std::string_view rejectReasons[] = {
    "Vi har inte beställt detta.", "Priset stämmer inte med avtalet.", "Leveransen har inte kommit.",
    "Fel antal, se vår anmärkning på följesedeln.", "Redan betald på en tidigare faktura."};
constexpr std::string_view recallReasons[] = {"Fel mottagare.", "Fel belopp, en ny faktura kommer.",
                                              "Skickades av misstag."};

}  // namespace

Instant Customs::later(Instant now, int minutes_least, int minutes_most) {
  const int minutes = random_.between(minutes_least, minutes_most);
  if (quick_) return now.plusSeconds(minute * (2 + minutes % 7));
  return inOfficeHours(now.plusSeconds(minute * minutes));
}

Deed Customs::deed(Deed::Kind kind, int company, const Mailing& mailing, DocumentId document) const {
  Deed made;
  made.kind = kind;
  made.company = company;
  made.document = document;
  made.relation = mailing.relation;
  made.right = mailing.right;
  made.mistake = mailing.mistake;
  return made;
}

std::vector<PlannedDeed> Customs::after(const Mailing& mailing, DocumentId document, Status status,
                                        Instant now, bool left) {
  const auto& relation = world_.relations[static_cast<std::size_t>(mailing.relation)];
  switch (status) {
    case Status::returned:
      afterStop(mailing, document, now, left);
      break;
    case Status::held:
      if (!left) afterHold(mailing, document, now);
      break;
    case Status::delivered:
      if (!quick_) afterDelivery(relation, document, now);
      break;
    default:
      break;
  }
  return std::exchange(planned_, {});
}

// The sender reads that it came back, and puts it right at once or when there is time.
void Customs::afterStop(const Mailing& mailing, DocumentId document, Instant now, bool left) {
  const auto& relation = world_.relations[static_cast<std::size_t>(mailing.relation)];
  const bool visited = isSignIn(static_cast<std::size_t>(relation.seller));
  if (relation.inbound || (quick_ && visited)) return;
  const auto read = later(now, 10, left ? day : 20 * hour);
  if (random_.chance(left ? reads_perMille / 2 : reads_perMille))
    planned_.push_back({read, deed(Deed::Kind::read, relation.seller, mailing, document)});
  if (left || !mailing.right || (!visited && random_.chance(never_perMille))) return;
  const bool prompt = visited || random_.chance(400);
  auto correction = deed(Deed::Kind::put_right, relation.seller, mailing, document);
  correction.reason = random_.pick(correctionReasons);
  const bool constant = mailing.mistake != Mistake::attachment_missing &&
                        (!isOrderSlip(mailing.mistake) || !relation.standingOrder.empty());
  correction.remember = !visited && constant && random_.chance(remembers_perMille);
  planned_.push_back({prompt ? later(read, 4, 3 * hour) : later(read, 5 * hour, 5 * day), correction});
}

void Customs::afterHold(const Mailing& mailing, DocumentId document, Instant now) {
  const auto& relation = world_.relations[static_cast<std::size_t>(mailing.relation)];
  if (quick_ && isSignIn(static_cast<std::size_t>(relation.buyer))) return;
  auto decision = deed(Deed::Kind::decide, relation.buyer, mailing, document);
  const bool suspect = mailing.mistake == Mistake::account_unknown;
  if (!suspect && (isAccountOutdated(relation) || random_.chance(releases_perMille))) {
    decision.verb = flow::Verb::release;
    decision.reason = random_.pick(releaseReasons);
  } else {
    decision.verb = flow::Verb::send_back;
    decision.reason = suspect ? random_.pick(accountReasons) : random_.pick(oldReasons);
  }
  planned_.push_back({later(now, 40, 30 * hour), decision});
}

void Customs::afterDelivery(const Relation& relation, DocumentId document, Instant now) {
  const auto buyer = static_cast<std::size_t>(relation.buyer);
  if (relation.toHousehold || !world_.companies[buyer].customer) return;
  const auto add = [&](Deed::Kind kind, int company, Instant at) -> Deed& {
    Deed made;
    made.kind = kind;
    made.company = company;
    made.document = document;
    planned_.push_back({at, made});
    return planned_.back().deed;
  };
  if (!relation.inbound && !world_.companies[buyer].fetches && random_.chance(recalls_perMille)) {
    add(Deed::Kind::recall, relation.seller, now.plusSeconds(minute * random_.between(1, 3))).reason =
        random_.pick(recallReasons);
    return;
  }
  if (!relation.inbound && random_.chance(resends_perMille))
    add(Deed::Kind::resend, relation.seller, later(now, 2 * day, 9 * day));
  if (!random_.chance(answers_perMille)) return;
  const bool rejects = random_.chance(rejects_perMille);
  auto& answer = add(Deed::Kind::decide, relation.buyer, later(now, 20 * hour, 8 * day));
  answer.verb = rejects ? flow::Verb::reject : flow::Verb::accept;
  answer.reason = rejects ? random_.pick(rejectReasons) : random_.pick(acceptReasons);
}

}  // namespace postgang::app::demo
