#include "app/demo/leads.h"

#include "api/lead_shape.h"
#include "store/leads.h"
#include "store/sql/session.h"

namespace postgang::app::demo {

namespace {

using store::LeadState;

constexpr std::int64_t day_seconds = 24 * 3600;

struct Someone {
  const char *name, *company, *phone, *email, *message;
  LeadState state;
  int daysAgo;
  const char* note;        // of the staff; empty: none
  int remindInDays;        // 0: no reminder
  const char* lostReason;  // of lost ones
};

constexpr Someone people[] = {
    {"Maja Ek", "Ekbackens Snickeri", "+46701740601", "maja@ekbacken.example",
     "Hej! Vi skickar ett åttiotal fakturor i månaden från vårt bokföringsprogram. Går det att koppla ihop?",
     LeadState::arrived, 0, "", 0, ""},
    {"Omar Said", "", "+46701740602", "", "Ring gärna efter tre.", LeadState::arrived, 1, "", 0, ""},
    {"Ingrid Wall", "Wall & Döttrar Redovisning AB", "", "ingrid@walldottrar.example",
     "Byrå med 120 kunder. Vi undrar hur ni gör när en kund byter bank.", LeadState::contacted, 6,
     "Pratade i tio minuter. Vill se hur mottagningen fungerar, skickade underlag.", 2, ""},
    {"Tomas Berglund", "Norrå Maskin AB", "+46911740604", "tomas@norramaskin.example",
     "Våra kunder kräver e-faktura från årsskiftet.", LeadState::contacted, 12,
     "Svarar inte, prova på måndag.", 1, ""},
    {"Helena Krans", "Kransbo kommun", "+46581740605", "helena.krans@kransbo.example",
     "Vi behöver stoppa fakturor utan beställarreferens innan de når oss.", LeadState::meeting, 20,
     "Möte bokat. Tar med exempel på filter.", 4, ""},
    {"Jonas Hed", "Hed & Partner AB", "+46701740606", "jonas@hedpartner.example", "", LeadState::lost, 70,
     "Ringde tre gånger.", 0, "Stannar hos sin nuvarande leverantör till nästa år"},
    {"Sofia Lund", "Lunds Bageri", "+46701740607", "sofia@lundsbageri.example", "Vad kostar det?",
     LeadState::lost, 130, "", 0, "För få fakturor, skickar för hand"},
};

store::Lead leadOf(House& house, const Someone& one, Instant until, const std::optional<UserId>& staff) {
  store::Lead lead;
  lead.id = house.ids().next<store::LeadId>();
  lead.name = one.name;
  lead.company = one.company;
  lead.phone = one.phone;
  lead.email = one.email;
  lead.message = one.message;
  lead.source = "/welcome";
  lead.consent = api::lead_consent_version;
  lead.createdAt = lead.lastAt = until.plusSeconds(-one.daysAgo * day_seconds - 1800);
  lead.consentedAt = lead.createdAt;
  lead.state = one.state;
  lead.stateAt = lead.createdAt;
  lead.lostReason = one.lostReason;
  if (one.state != LeadState::arrived) lead.assignedTo = staff;
  if (one.remindInDays > 0) lead.remindOn = dateInStockholm(until).plusDays(one.remindInDays);
  return lead;
}

}  // namespace

Outcome layLeads(House& house, Instant until) {
  return house.store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto drift, store::userByEmail(tx, "drift@postgang.example"));
    const auto staff = drift ? std::optional(drift->id) : std::nullopt;
    for (const auto& one : people) {
      const auto lead = leadOf(house, one, until, staff);
      TRY(const auto heard, store::hearLead(tx, lead));
      if (*one.note == '\0' || heard.again) continue;
      CHECK_OK(store::addLeadNote(
          tx, heard.id,
          {0, lead.createdAt.plusSeconds(3600), "note", drift ? drift->name : std::string(), one.note}));
    }
    return {};
  });
}

}  // namespace postgang::app::demo
