#include "app/demo/recipients.h"

#include <algorithm>
#include <utility>

#include "base/calendar.h"
#include "channels/mail_keys.h"
#include "store/documents.h"
#include "store/smartmail.h"

namespace postgang::app::demo {

using Kind = Visit::Kind;

namespace {

constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour;
constexpr int comes_back_perMille = 9, wrong_perMille = 4, einvoice_perMille = 6;
constexpr int opens_perMille = 720, reminded_perMille = 500, soon_perMille = 600;
constexpr int some_perMille = 150, asks_perMille = 25;
// In the last days every eighth has opened the document and not what came with it, every twelfth comes back.
constexpr int left_some = 8, left_back = 12;
constexpr int nobody_up_until = 6 * 60 + 20;  // minutes since midnight

constexpr std::string_view comeback[] = {"552 5.2.2 Mailbox full", "550 5.1.1 User unknown",
                                         "550 5.7.1 Message rejected by the recipient's mail system",
                                         "554 5.4.4 Host not found"};
constexpr std::string_view questions[] = {"Hej! Varför är beloppet högre än förra månaden?",
                                          "Kan jag få betala den här fakturan i två delar?",
                                          "Vi har flyttat. Vart anmäler jag den nya adressen?",
                                          "Gäller fakturan båda mätarna, eller bara den i garaget?",
                                          "Jag betalade i går. Kan ni se att pengarna har kommit fram?"};

// A link that has ended, or a day's questions that are used up: as it goes.
Result<bool> done(const Outcome& outcome) {
  if (outcome) return true;
  const auto kind = outcome.error().kind;
  if (kind == ProblemKind::conflict || kind == ProblemKind::not_found || kind == ProblemKind::rate_limited ||
      kind == ProblemKind::invalid)
    return false;
  return fail(outcome.error());
}

}  // namespace

void Recipients::add(Instant at, Kind kind, const ArrivedMail& mail, std::string_view words) {
  if (const int up = minuteInStockholm(at); !quick_ && up < nobody_up_until)
    at = at.plusSeconds(minute * (nobody_up_until - up / 4));
  planned_.push_back({at, kind, mail, std::string(words)});
}

Instant Recipients::soonOrLater(Instant now) {
  const bool soon = random_.chance(soon_perMille);
  const int minutes = soon ? random_.between(6, 11 * 60) : random_.between(11 * 60, 5 * 24 * 60);
  return now.plusSeconds(quick_ ? minute * (1 + minutes % 9) : minute * minutes);
}

void Recipients::plan(const ArrivedMail& mail, Instant now) {
  if (mail.again) {
    if (random_.chance(reminded_perMille)) add(soonOrLater(now), Kind::open, mail);
    return;
  }
  if (random_.chance(comes_back_perMille))
    return add(now.plusSeconds(random_.between(90, quick_ ? 300 : 9 * 3600)), Kind::come_back, mail,
               random_.pick(comeback));
  if (!random_.chance(opens_perMille)) return;
  const auto at = soonOrLater(now);
  if (random_.chance(wrong_perMille)) return add(at, Kind::wrong_person, mail);
  if (random_.chance(einvoice_perMille)) add(at.plusSeconds(2 * minute), Kind::want_einvoice, mail);
  add(at, random_.chance(some_perMille) ? Kind::open_some : Kind::open, mail);
  if (random_.chance(asks_perMille))
    add(at.plusSeconds(3 * minute), Kind::ask, mail, random_.pick(questions));
}

void Recipients::planLeft(const ArrivedMail& mail, Instant now) {
  if (mail.again) return;
  const int which = left_++;
  if (which % left_some == left_some - 1) add(soonOrLater(now), Kind::open_some, mail);
  if (which % left_back == 2)
    add(now.plusSeconds(random_.between(90, 1500)), Kind::come_back, mail, random_.pick(comeback));
}

Result<std::vector<Visit>> Recipients::afterMails(Instant now, const std::vector<DocumentId>& left) {
  const auto mails = office_->arrived();
  if (mails.empty()) return std::vector<Visit>{};
  std::vector<bool> isLeft(mails.size());
  if (!left.empty())
    CHECK_OK(house_.store().read([&](store::Reader& reader) -> Outcome {
      for (std::size_t i = 0; i < mails.size(); ++i) {
        TRY(const auto link, store::recipientLink(reader, channels::pageTokenDigest(mails[i].token)));
        isLeft[i] = link && std::ranges::find(left, link->document) != left.end();
      }
      return {};
    }));
  for (std::size_t i = 0; i < mails.size(); ++i) isLeft[i] ? planLeft(mails[i], now) : plan(mails[i], now);
  return std::exchange(planned_, {});
}

// Those that somebody cannot be bothered with are all but the first.
Outcome Recipients::openParts(const Digest& token, bool all) {
  std::vector<std::string> parts;
  CHECK_OK(house_.store().read([&](store::Reader& reader) -> Outcome {
    TRY(const auto link, store::recipientLink(reader, token));
    if (!link) return {};
    TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), link->document));
    for (const auto& delivery : deliveries)
      if (delivery.id == link->delivery)
        for (const auto& part : delivery.road.parts)
          if (!part.name.empty() && !part.exempt) parts.push_back(part.name);
    return {};
  }));
  if (!all && !parts.empty()) parts.pop_back();
  for (const auto& part : parts) CHECK_OK(house_.flow().recipientPages().openPart(token, part));
  return {};
}

Result<bool> Recipients::visit(const Visit& visit) {
  const auto token = channels::pageTokenDigest(visit.mail.token);
  const auto pages = house_.flow().recipientPages();
  switch (visit.kind) {
    case Kind::open:
    case Kind::open_some: {
      const auto opened = pages.open(token);
      if (!opened) return done(fail(opened.error()));
      return done(openParts(token, visit.kind == Kind::open));
    }
    case Kind::ask:
      return done(pages.ask(token, visit.words));
    case Kind::wrong_person:
      return done(pages.wrongRecipient(token));
    case Kind::want_einvoice:
      return done(pages.wantEinvoice(token));
    case Kind::come_back: {
      const auto taken =
          house_.flow().takeMail(deliveryReport(visit.mail, visit.words, house_.clock().now()));
      return taken ? Result<bool>(true) : done(fail(taken.error()));
    }
  }
  return false;
}

}  // namespace postgang::app::demo
