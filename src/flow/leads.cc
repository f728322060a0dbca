#include "flow/leads.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/calendar.h"
#include "base/text.h"
#include "flow/plain_mail.h"
#include "store/audit.h"
#include "store/news.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;
using store::Lead;
using store::LeadId;

constexpr std::string_view token_context = "lead";
constexpr int reminds_at_minute = 8 * 60;
constexpr int erased_together = 200;

std::string textIn(const store::Job& job, std::string_view member) {
  boost::system::error_code fault;
  const auto payload = json::parse(job.payload, fault);
  const auto* object = fault ? nullptr : payload.if_object();
  const auto* value = object ? object->if_contains(member) : nullptr;
  return value && value->is_string() ? std::string(std::string_view(value->get_string())) : std::string();
}

// As staff know it: the company's name says more than the person's where there is one.
std::string knownBy(const Lead& lead) {
  return lead.company.empty() ? lead.name : lead.name + ", " + lead.company;
}

// "new", "again" or "reminder". The same is told of a lead once a day, however often it writes.
Outcome tell(store::Transaction& tx, const Lead& lead, LeadId id, std::string_view what) {
  TRY(const auto operators, store::operatorCompany(tx));
  if (!operators) return {};
  const auto now = tx.clock().now();
  store::News news;
  news.kind = "lead";
  news.company = *operators;
  news.path = "/leads/" + id.text();
  news.words = {{"name", knownBy(lead)}, {"what", std::string(what)}};
  if (what == "reminder") news.only = lead.assignedTo;
  news.key = "lead:" + id.text() + ":" + std::string(what) + ":" + dateInStockholm(now).text();
  return store::enqueue(tx, store::newsJob(news, now));
}

store::NewJob confirmationJob(LeadId id, const Lead& lead, Instant now) {
  store::NewJob job;
  job.kind = "lead-mail";
  job.key = "lead-mail:" + id.text() + ":" + dateInStockholm(now).text();
  job.runAt = now;
  job.payload =
      json::serialize(json::object{{"lead", id.text()}, {"email", lead.email}, {"language", lead.language}});
  return job;
}

// "karin+1@…", "karin+2@…" are one mailbox with most servers, and have one mail a day between them.
std::string mailbox(std::string_view email) {
  const auto at = email.rfind('@'), tag = email.find('+');
  if (at == std::string_view::npos || tag == 0 || tag >= at) return std::string(email);
  return std::string(email.substr(0, tag)).append(email.substr(at));
}

}  // namespace

Outcome hearLeadQuietly(store::Transaction& tx, const Lead& lead) {
  TRY([[maybe_unused]] const auto heard, store::hearLead(tx, lead));
  return {};
}

Outcome hearLead(store::Transaction& tx, const Lead& lead, bool mailIsOn) {
  TRY(const auto heard, store::hearLead(tx, lead));
  CHECK_OK(tell(tx, lead, heard.id, heard.again ? "again" : "new"));
  if (lead.email.empty() || !mailIsOn) return {};
  const auto now = tx.clock().now();
  TRY(const bool first, store::isFirstLeadMail(tx, mailbox(lead.email), dateInStockholm(now)));
  return first ? store::enqueue(tx, confirmationJob(heard.id, lead, now)) : Outcome();
}

Outcome remindOfLeadLater(store::Transaction& tx, const Lead& lead) {
  if (!lead.remindOn) return {};
  store::NewJob job;
  job.kind = "lead-reminder";
  job.key = "lead-reminder:" + lead.id.text() + ":" + lead.remindOn->text();
  job.runAt = std::max(inStockholm(*lead.remindOn, reminds_at_minute), tx.clock().now());
  job.payload = json::serialize(json::object{{"lead", lead.id.text()}, {"on", lead.remindOn->text()}});
  return store::enqueue(tx, job);
}

std::string leadToken(const Vault& vault, LeadId id) {
  return base64Url(vault.seal(id.text(), token_context));
}

std::optional<LeadId> leadOfToken(const Vault& vault, std::string_view token) {
  const auto sealed = fromBase64Url(token);
  if (!sealed) return std::nullopt;
  const auto text = vault.unseal(*sealed, token_context);
  return text ? LeadId::parse(*text) : std::nullopt;
}

store::NewJob leadErasureJob(Instant at) {
  store::NewJob job;
  job.kind = "lead-erasure";
  job.key = "lead-erasure";
  job.runAt = at;
  job.payload = "{}";
  return job;
}

Result<Decision> confirmLead(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto id = LeadId::parse(textIn(job, "lead"));
  std::optional<Lead> lead;
  if (id) {
    TRY(lead, store::lead(reader, store::Viewer::system(), *id));
  }
  const bool goes = lead && tools.mailing && tools.mailing->isOn() && tools.vault;  // it may be gone again
  if (!goes) return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  PlainMail mail;
  mail.to = textIn(job, "email");
  mail.language = languageFromTag(textIn(job, "language"));
  const auto& words = Texts::of(mail.language);
  mail.subject = words.word("leadMail.subject");
  mail.text = words.word("leadMail.text");
  // Whoever wrote somebody else's number beside an address of its own takes nothing of the other's back.
  if (lead->email == mail.to)
    mail.text +=
        "\n\n" +
        words.sentence("leadMail.withdraw",
                       {{"link", tools.mailing->publicUrl + "/welcome#" + leadToken(*tools.vault, *id)}});
  mail.text += "\n\n" + std::string(words.word("leadMail.bye"));
  mail.messageId = "lead." + hex(view(sha256(job.key))).substr(0, 24);
  const auto now = tools.clock.now();
  return Decision{[job, mail, now](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    return store::enqueue(tx, plainMailJob(mail, job.company, now));
                  },
                  {}};
}

Result<Decision> remindOfLead(const Tools& tools, store::Reader& reader, const store::Job& job) {
  (void)reader;
  const auto id = LeadId::parse(textIn(job, "lead"));
  const auto on = Date::parse(textIn(job, "on"));
  const auto now = tools.clock.now();
  return Decision{[job, id, on, now](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    if (!id || !on) return {};
                    TRY(const auto lead, store::leadToChange(tx, store::Viewer::system(), *id));
                    if (!lead || lead->remindOn != on) return {};  // another day was chosen since, or none
                    CHECK_OK(store::addLeadNote(tx, *id, {0, now, "reminder", {}, on->text()}));
                    return tell(tx, *lead, *id, "reminder");
                  },
                  {}};
}

Result<Decision> eraseLeads(const Tools& tools, store::Reader& reader, const store::Job& job) {
  (void)reader;
  const auto now = tools.clock.now();
  return Decision{[job, now](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    TRY(const auto gone, store::eraseLostLeads(tx, now, erased_together));
                    if (gone == 0) return {};
                    TRY(const auto operators, store::operatorCompany(tx));
                    if (operators) {
                      store::AuditEntry entry;
                      entry.company = *operators;
                      entry.actor = {store::ActorKind::system, "retention", "Gallring"};
                      entry.action = "lead.erased";
                      entry.object = "lead";
                      entry.detail = json::serialize(json::object{{"leads", gone}});
                      CHECK_OK(store::recordAudit(tx, entry));
                    }
                    return gone < erased_together ? Outcome() : store::enqueue(tx, leadErasureJob(now));
                  },
                  {}};
}

}  // namespace postgang::flow
