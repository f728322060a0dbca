// The flow: a document's way from the door to its recipient. walk.h has the list of steps.
//
//   Flow flow(store, clock, ids, channels, {});
//   flow.start();                                    workers walk what is due
//   auto accepted = flow.accept(upload);             durable when it returns
//   flow.opened(viewer, company, document, "copy");
//   flow.stop();
//
// Without start() nothing moves by itself: runDue() does everything that is due, in the calling thread (demo
// world, simulator, tests).
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/id.h"
#include "base/problem.h"
#include "base/time.h"
#include "base/vault.h"
#include "channels/mailing.h"
#include "channels/printing.h"
#include "channels/registry.h"
#include "document/status.h"
#include "flow/correct.h"
#include "flow/decide.h"
#include "flow/limits.h"
#include "flow/mailbox.h"
#include "flow/notify.h"
#include "flow/partner_invitations.h"
#include "flow/peppol_inbound.h"
#include "flow/recipient_page.h"
#include "flow/resend.h"
#include "flow/sending_lanes.h"
#include "flow/smartmail_actions.h"
#include "store/access_rows.h"
#include "store/events.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::flow {

struct FlowSettings {
  Limits limits;
  channels::Mailing mailing;               // how notices leave the house
  channels::Printing printing;             // and letters
  std::optional<MailboxSettings> mailbox;  // where mail comes in; absent: nowhere
  LaneSettings lanes;                      // what leaves the house at once
  Registered registers;                    // outside the house, asked before a road is chosen
  RegisterSettings registerSettings;
  const Vault* vault = nullptr;  // what webhooks' secrets are sealed with; absent: none is sent
  int workers = 2;               // threads that start() makes
  int batchSize = 64;            // jobs leased and committed together
  int leaseSeconds = 60;         // a worker that dies gives its jobs back after so long
  int attempts_max = 8;          // then a job is buried and its document is `failed`
  int retrySeconds = 2;          // before the second attempt; doubled for each one more, an hour at most
};

// --- In
// -------------------------------------------------------------------------------------------------------------

struct Accepted;

// The caller's Idempotency-Key. `reply` makes the answer that is stored in the commit of the documents; it
// may be called more than once and must depend on nothing but what it is given.
struct Idempotency {
  std::string scope;  // whose key: "key:<id>", "user:<id>"
  std::string key;
  Digest requestDigest{};
  std::function<store::StoredReply(const Accepted&)> reply;
  std::int64_t keptSeconds = 24 * 3600;
};

struct Upload {
  CompanyId sender;  // the customer who hands it over
  store::Actor actor;
  std::string door;       // "portal", "api", "command-line", "demo"
  std::string fileName;   // as the sender calls it; may be empty
  std::string mediaType;  // as declared; a hint only, the bytes decide
  std::string bytes;      // Content-Encoding already taken off
  std::string channel;    // that the sender asks for; empty: the counterpart's own order, else the cheapest
  std::optional<Idempotency> idempotency;
  // A supplier's invoice that its receiver hands in: `sender` above is the receiver, and the supplier, which
  // is no customer here, becomes the document's sender. Codes besides accept()'s: those of reading the file;
  // buyer-not-you, sender-is-customer (conflict: it sends by itself), sender-without-identifier.
  bool inbound = false;
  // inbound: a customer here that may be its sender all the same, since the network vouches for it.
  std::optional<CompanyId> vouched = {};
};

// One document that came in, or the reason why one file of an archive did not.
struct AcceptedDocument {
  DocumentId id;  // nil when `problem`
  document::Status status = document::Status::received;
  std::string fileName;
  std::string number;              // when it is known; intake does not read the file, so mostly empty
  std::optional<Problem> problem;  // only inside an archive: alone, a file's problem is accept()'s
};

struct Accepted {
  bool archive = false;                     // a zip: several documents
  std::vector<AcceptedDocument> documents;  // never empty, unless `replay`
  std::optional<store::StoredReply>
      replay;  // this Idempotency-Key was answered before: give that answer again
};

// What POST /validate answers. Nothing of it is kept.
struct Judgement {
  std::string format;  // empty when not recognised
  std::optional<store::RecognisedFact> recognised;
  std::vector<store::FindingFact> findings;
  bool valid() const;  // no finding of severity "error"
};

// Which channels reach a recipient, without sending.
struct Lookup {
  std::string identifier;  // normalised: "0007:5599900122"
  std::vector<store::PlanStep> plan;
  std::vector<store::RegisterFact> registers;
  std::string by;  // store::RoutedFact::by
};

class Flow {
 public:
  Flow(store::Store& store, const Clock& clock, IdMaker& ids, const channels::Registry& channels,
       FlowSettings settings = {});
  ~Flow();  // stop()
  Flow(const Flow&) = delete;
  Flow& operator=(const Flow&) = delete;

  // Keeps the bytes, the document, its first event and its job in one commit: durable when it returns. An
  // archive's files become documents of their own in the same commit. Codes:
  //   duplicate-document (conflict; parameters documentId, number, date): the same bytes from the same
  //   company, and
  //     the earlier one was neither stopped nor failed; document-empty (invalid);
  //   document-too-large, archive-too-large, archive-too-many-documents (too_large): nothing is kept;
  //   idempotency-key-reused (conflict): the key belongs to another request; the store's own.
  Result<Accepted> accept(const Upload& upload);
  // Several at once, one commit for all that can be kept. Answers in order. For doors that empty a whole
  // folder.
  std::vector<Result<Accepted>> acceptAll(const std::vector<Upload>& uploads);

  // Judges bytes as the walk would, for this sender. A file that cannot be read is a Judgement with its
  // finding. Codes: document-too-large, archive-not-judged (an archive has many documents: judge them one by
  // one).
  Result<Judgement> judge(CompanyId sender, std::string_view fileName, std::string_view bytes) const;
  // Code identifier-malformed and its kin.
  Result<Lookup> lookUp(CompanyId sender, std::string_view identifier) const;

  // --- Facts from the receiver's side. `company` is whom the viewer acts for. Only the receiver's own act
  // counts: the sender's looking is answered and not recorded. Code not-found as findDocument's. A person has
  // it before them: once per person and day (in Sweden).
  Outcome opened(const store::Viewer& viewer, CompanyId company, DocumentId document, std::string_view what);
  // A program fetched it: once per key.
  Outcome fetched(const store::Viewer& viewer, CompanyId company, DocumentId document, std::string_view what);

  // --- What people decide; correct.h, decide.h and resend.h have the codes.
  Result<Proposed> propose(const store::Viewer& viewer, const CorrectionRequest& request) const;
  Result<CorrectionMade> correct(const store::Viewer& viewer, const CorrectionRequest& request);
  // Through a link that may edit: the caller has checked that it is for this document.
  Result<Proposed> proposeByLink(const CorrectionRequest& request) const;
  Result<CorrectionMade> correctByLink(const store::Actor& actor, const CorrectionRequest& request);
  Outcome decide(const store::Viewer& viewer, DocumentId document, Verb verb, std::string_view reason);
  Outcome recall(const store::Viewer& viewer, DocumentId document, std::string_view reason);
  Result<ResendState> resendState(const store::Viewer& viewer, DocumentId document) const;
  Result<std::string> resend(const store::Viewer& viewer, DocumentId document, std::string_view channel,
                             bool confirmed);
  // flow/smartmail_actions.h: what a sender does about mails that wait.
  Result<std::vector<SmartmailDone>> actOnSmartmail(const store::Viewer& viewer,
                                                    const std::vector<DocumentId>& documents,
                                                    const SmartmailRequest& request);
  // In a sandbox: what is waited for happens now (sandbox_receivers.h); how many things.
  Result<int> hurrySandbox(const store::Viewer& viewer, DocumentId document);
  // The channels that there are here, by name.
  std::vector<std::string> channelNames() const;

  // What recipients of Smartmails do on their pages.
  RecipientPages recipientPages() const;

  // --- Notices: notify.h has the codes.
  Result<store::NoticeRow> tellAgain(const store::Viewer& viewer, CompanyId company, DocumentId document);
  Outcome noticeRead(const store::Viewer& viewer, CompanyId company, DocumentId document);
  Outcome noticeReadByLink(store::NoticeId notice, const store::Actor& actor);

  // --- Counterparts asked how they would rather have documents: partner_invitations.h has the codes.
  Result<store::PartnerInvitation> invitePartner(const store::Viewer& viewer, CompanyId company,
                                                 const PartnerInvite& invite);

  bool mailIsOn() const;  // there is a server that mail can leave by

  // --- Time and workers
  void start();
  void stop();  // lets the jobs under way finish
  // Does everything that is due now, and what becomes due by that; returns the number of jobs done. Waits for
  // workers of this Flow that are busy. A store that fails ends it with its Problem; what was under way stays
  // due.
  Result<std::int64_t> runDue();
  // Reads the mailbox now and does what lies in it; 0 without one. Codes: net/imap.h's.
  Result<std::int64_t> pollMailbox();
  // One message that has come by another road than the mailbox. Codes: takeMail()'s (inbound_mail.h).
  Result<MailTaken> takeMail(std::string_view bytes);
  // An envelope that the access point has taken from the network. Codes: takePeppol()'s (peppol_inbound.h).
  Result<PeppolTaken> takePeppol(std::string_view bytes, const As4Facts& as4);
  std::optional<MailCounts> mailCounts() const;  // nullopt without a mailbox
  // The address that this company's suppliers mail invoices to (inbound_mail.h); empty: it has none.
  Result<std::string> inboundAddress(CompanyId company) const;
  // As setInboundInvoices(). Code inbound-mail-off (conflict): no mail comes in here.
  Result<std::string> setInbound(CompanyId company, bool on, bool renew);
  const channels::Registry& channels() const;
  // Hosts that do not answer and are left alone for a while, by this process.
  std::vector<DownHost> hostsDown() const;
  // Moves simulated time, stopping at each instant where something falls due, so that it happens at its own
  // time. What lies in the mailbox has come before, and what comes meanwhile is read at the end.
  Result<Instant> advance(SimulatedClock& clock, std::int64_t seconds);

 private:
  struct Machine;
  Outcome checkSender(const store::Viewer& viewer, DocumentId document) const;
  std::unique_ptr<Machine> machine_;
};

}  // namespace postgang::flow
