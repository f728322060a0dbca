#include "app/demo/help.h"

#include <memory>

#include "flow/tickets.h"
#include "store/access_rows.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::app::demo {

namespace {

constexpr std::int64_t minute = 60, hour = 60 * minute, day = 24 * hour;
constexpr int others_max = 3;  // documents that a ticket is about beside its first

struct Words {
  std::string subject, text, answer;
};
const Words fixed = {
    "Fakturan stoppades, men ordernumret finns",
    "Hej! Kunden säger att ordernumret saknas, men det står ju på fakturan. Vad är det vi gör fel?",
    "Hej! Numret ligger i fältet för er referens. Mottagaren läser ordernumret i BT-13, så flytta det dit "
    "och "
    "skicka igen. Jag har lagt in en ihågkommen rättning, så slår det inte till nästa gång."};
const Words waits = {"Flera fakturor kommer inte fram",
                     "De här har inte kommit fram. Går det att se om det är samma fel på alla?",
                     "Ja, orsaken är densamma. Vilken kanal vill ni att de går genom i stället?"};
const Words fresh = {"Hur byter vi logotyp på visningskopian?",
                     "Vi har fått ny logotyp. Var lägger vi in den, och gäller den även det som redan gått?",
                     {}};
const Words mailed = {"Jag har fått en faktura som inte är min",
                      "Hej, jag fick ett mejl med en elfaktura till någon annan med samma namn. Vad gör jag "
                      "med den?\n\nMed vänlig hälsning\nSiv Ek",
                      {}};

class Asking {
 public:
  Asking(House& house, const World& world, const People& people)
      : house_(house),
        company_(people.companies[energy_company]),
        operator_(people.operatorCompany),
        asker_(world.companies[energy_company].reader.email),
        desk_(people.signIns.back().email) {}

  // A ticket about documents that did not come through, where there are any.
  Outcome ask(const Words& words, int documents) {
    return write([&](store::Transaction& tx) -> Outcome {
      TRY(const auto author, authorOf(tx, asker_, company_));
      flow::NewTicket made;
      made.company = company_;
      made.subject = words.subject;
      made.text = words.text;
      TRY(made.documents, inTrouble(tx, documents));
      TRY(const auto ticket, flow::makeTicket(tx, house_.ids(), author, made));
      latest_ = ticket.id;
      return {};
    });
  }
  Outcome answer(const Words& words, store::TicketStatus status, bool noted) {
    return write([&](store::Transaction& tx) -> Outcome {
      if (latest_.isNil()) return {};
      TRY(const auto author, authorOf(tx, desk_, operator_));
      flow::TicketPatch take;
      take.assignee.emplace(author.viewer.user);
      CHECK_OK(flow::changeTicket(tx, author, latest_, take));
      flow::NewTicketMessage message;
      if (noted) {
        message.internal = true;
        message.text = "Samma orsak på alla. Ring dem om de inte svarar före fredag.";
        CHECK_OK(flow::writeInTicket(tx, house_.ids(), author, latest_, message));
        message.internal = false;
      }
      message.text = words.answer;
      message.status = status;
      CHECK_OK(flow::writeInTicket(tx, house_.ids(), author, latest_, message));
      return {};
    });
  }
  Outcome mail() {
    return write([&](store::Transaction& tx) -> Outcome {
      flow::NewTicket made;
      made.company = operator_;
      made.subject = mailed.subject;
      made.text = mailed.text;
      made.mailId = "siv-1@ek.example";
      CHECK_OK(flow::makeTicket(tx, house_.ids(), flow::authorByMail("Siv Ek", "siv@ek.example", {}), made));
      return {};
    });
  }

 private:
  Outcome write(const std::function<Outcome(store::Transaction&)>& body) {
    return house_.store().write(store::Priority::background, body);
  }

  static Result<flow::TicketAuthor> authorOf(store::Reader& reader, const std::string& email,
                                             CompanyId company) {
    TRY(const auto user, store::userByEmail(reader, email));
    if (!user) return fail(ProblemKind::internal, "not-a-demo-world", email + " is not there.");
    flow::TicketAuthor author;
    author.actor = {store::ActorKind::person, user->id.text(), user->name};
    author.viewer.viewer = user->staff ? store::Viewer::ofStaff(author.actor, company)
                                       : store::Viewer::ofCompanies({company}, author.actor);
    author.viewer.acting = author.viewer.viewer.acting();
    author.viewer.company = company;
    author.viewer.user = user->id;
    author.viewer.answers = true;
    author.viewer.staff = user->staff;
    author.mail = user->email;
    return author;
  }

  Result<std::vector<DocumentId>> inTrouble(store::Reader& reader, int most) const {
    std::vector<DocumentId> found;
    if (most == 0) return found;
    store::EntryQuery query;
    query.company = company_;
    query.direction = store::Direction::sent;
    query.statuses = {store::Status::stopped, store::Status::returned, store::Status::failed,
                      store::Status::rejected};
    query.limit = 1;
    const auto viewer = store::Viewer::ofCompanies({company_}, {});
    TRY(const auto page, store::listEntries(reader, viewer, query));
    if (page.items.empty()) return found;
    found.push_back(page.items.front().document);
    TRY(const auto alike, store::alikeDocuments(reader, viewer, page.items.front(), most));
    for (const auto& entry : alike)
      if (static_cast<int>(found.size()) < most) found.push_back(entry.document);
    return found;
  }

  House& house_;
  const CompanyId company_, operator_;
  const std::string asker_, desk_;
  store::TicketId latest_;
};

}  // namespace

std::vector<Help> helpAsked(House& house, const World& world, const People& people, Instant until) {
  const auto asking = std::make_shared<Asking>(house, world, people);
  const auto before = [&](std::int64_t seconds) { return until.plusSeconds(-seconds); };
  return {{before(6 * day), [asking] { return asking->ask(fixed, 1); }},
          {before(6 * day - 50 * minute),
           [asking] { return asking->answer(fixed, store::TicketStatus::solved, false); }},
          {before(2 * day), [asking] { return asking->mail(); }},
          {before(26 * hour), [asking] { return asking->ask(waits, 1 + others_max); }},
          {before(24 * hour), [asking] { return asking->answer(waits, store::TicketStatus::waiting, true); }},
          {before(90 * minute), [asking] { return asking->ask(fresh, 0); }}};
}

}  // namespace postgang::app::demo
