#include "flow/steps.h"

#include <cassert>

#include "flow/account_mail.h"
#include "flow/advance.h"
#include "flow/bank_files.h"
#include "flow/bank_inbox.h"
#include "flow/deliver.h"
#include "flow/handover_try.h"
#include "flow/handover_watch.h"
#include "flow/leads.h"
#include "flow/morning_list.h"
#include "flow/news_mailing.h"
#include "flow/notify.h"
#include "flow/partner_checks.h"
#include "flow/peppol_answer.h"
#include "flow/peppol_mls.h"
#include "flow/peppol_outbox.h"
#include "flow/plain_mail.h"
#include "flow/print_batches.h"
#include "flow/print_receipts.h"
#include "flow/remember.h"
#include "flow/remind.h"
#include "flow/retention.h"
#include "flow/sandbox_receivers.h"
#include "flow/smartmail.h"
#include "flow/statistics_mail.h"
#include "flow/tell_people.h"
#include "flow/ticket_erasure.h"
#include "flow/ticket_telling.h"
#include "flow/tickets.h"
#include "flow/watched_folders.h"
#include "flow/webhook_sending.h"

namespace postgang::flow {

namespace {

struct Row {
  std::string_view kind;
  Step step;
  bool slow = false;
  bool sends = false;
  bool inMasses = false;
  bool fromSandbox = false;
};

constexpr Row steps[] = {
    {"advance", advance},               // recognise, parse, filter, route
    {"deliver", deliver, false, true},  // send by the next channel of the plan
    {"plain-mail", sendPlainMail},      // an answer to a supplier, a recipient's question
    {"account-mail", sendAccountMail},  // an invitation, a new password, what became of an account
    {"lead-mail", confirmLead},         // to whoever wants to know more: that it came
    {"lead-reminder", remindOfLead},    // the day that staff chose for a lead
    {"lead-erasure", eraseLeads},       // what has been lost long enough, once a night
    {"ticket-told", tellOfTicket, false, false, false, true},  // what happens in a ticket, to those concerned
    {"ticket-mail", sendTicketMail},                           // its desk's answer, to who asked
    {"ticket-erasure", eraseTickets},                          // closed for long enough, once a night
    {"ticket-close", closeTicket},                             // solved for long enough
    {"morning-list", sendMorningList},  // what failed, is stopped or unanswered, once a morning
    {"notice", notify},                 // tell a sender what was stopped
    {"tell-people", tellPeople},        // who hears of what has happened
    {"news-mail", sendNewsMail},        // … each by itself
    {"news-digest", sendNewsDigest},    // … or once a day
    {"remind", remind, false, true},    // send a Smartmail once more
    {"peppol-answer", answerByPeppol, false, true},
    {"peppol-mls", sayPeppolStatus},           // what became of what came over Peppol
    {"peppol-send", sendPeppol, false, true},  // an answer over Peppol, until it is taken
    {"remember", applyRemembered},             // put right what its sender wants put right by itself
    {"smartmail-due", smartmailDue, false, false, true},   // it was not opened in time
    {"webhook", sendToWebhook, false, true, false, true},  // what happened, told to an integrator's program
    {"print-batch", makePrintBatch, true},                 // letters that wait for this cut-off
    {"print-upload", uploadPrintBatch, true},              // handed over to the print house
    {"bank-file", makeBankFile, true},                     // invoices that wait for internet banks
    {"bank-answers", answerAgreements, true},              // to who has applied for them there
    {"bank-upload", uploadBankFile, true},                 // handed over to the bank hub
    {"bank-inbox", readBankInbox, true},                   // and what that says
    {"print-receipts", readPrintReceipts, true},           // and what that answers
    {"handover-watch", watchHandovers, true},              // what waits for a receiver's system
    {"handover-test", carryHandoverTest, true},            // a test document into it
    {"partner-check", checkPartners},                      // registers asked again about who gets paper
    {"watched-folder", lookIntoFolder, true},              // files that are laid there to be sent
    {"statistics-report", sendStatisticsReport, true},     // statistics by mail, once a week or a month
    {"retention", runRetention, true},                     // what has been kept long enough is erased
    {std::string_view(sandbox_job), actAsTestReceiver},    // what a sandbox's test receiver does later
};

std::vector<std::string> kindsThat(bool (*take)(const Row&)) {
  std::vector<std::string> names;
  for (const auto& row : steps)
    if (take(row)) names.emplace_back(row.kind);
  return names;
}

}  // namespace

Step stepOf(std::string_view kind) {
  for (const auto& row : steps)
    if (row.kind == kind) return row.step;
  assert(false && "a job of a kind that no step does");
  return nullptr;
}

bool leavesSandbox(std::string_view kind) {
  for (const auto& row : steps)
    if (row.kind == kind) return row.fromSandbox;
  return false;
}

const std::vector<std::string>& kindsOfSteps() {
  static const auto kinds = kindsThat([](const Row&) { return true; });
  return kinds;
}

const std::vector<std::string>& quickKinds() {
  static const auto kinds = kindsThat([](const Row& row) { return !row.slow && !row.inMasses; });
  return kinds;
}

const std::vector<std::string>& massKinds() {
  static const auto kinds = kindsThat([](const Row& row) { return row.inMasses; });
  return kinds;
}

const std::vector<std::string>& sendingKinds() {
  static const auto kinds = kindsThat([](const Row& row) { return row.sends; });
  return kinds;
}

const std::vector<std::string>& slowKinds() {
  static const auto kinds = kindsThat([](const Row& row) { return row.slow; });
  return kinds;
}

}  // namespace postgang::flow
