// Smartmail and letters: who may open a page, what lies unopened or waits for its batch, what print houses
// were handed, and what companies have set. Deliveries themselves are documents.h's, folded from events.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/documents.h"

namespace postgang::store {

// --- Links: whoever has the mail has the link. Only the token's digest is kept.

struct RecipientLink {
  Digest tokenDigest{};
  DocumentId document;
  DeliveryId delivery;
  std::string recipient;  // e-mail address that it was sent to
  Instant createdAt, expiresAt;
  std::optional<Instant> endedAt;  // «fel mottagare», recalled, replaced by a new one
  std::string pageKey;             // of the page after the opening; empty before it
  Instant pageUntil;
  std::string bounceKey;  // in the address that its mail comes back to
};
Outcome createRecipientLink(Transaction& tx, const RecipientLink& link);
Result<std::optional<RecipientLink>> recipientLink(Reader& reader, const Digest& tokenDigest);
// By the key of a bounce: the newest link under it.
Result<std::optional<RecipientLink>> recipientLinkOfBounce(Reader& reader, std::string_view bounceKey);
Outcome openPage(Transaction& tx, const Digest& tokenDigest, std::string_view pageKey, Instant until);
// Of one address, or of all; those that have ended stay as they are.
Outcome endRecipientLinks(Transaction& tx, DeliveryId delivery, Instant at, std::string_view recipient = {});

// --- Lists

// Of which document it is; nullopt where no mail or letter has this id.
Result<std::optional<DocumentId>> documentOf(Reader& reader, DeliveryId delivery);

struct SmartmailRow {
  DocumentId document;
  Delivery delivery;
  std::string state;  // roadState()
  std::string number;
  document::Kind kind{};
  PartyFact buyer;
  std::optional<Date> dueDate;
  std::optional<Decimal> amount;
  std::string currency;
};
enum class SmartmailSort { deadline, sent_at };
struct SmartmailQuery {
  std::vector<std::string> states;  // roadState() of e-mail; empty: all
  std::string counterpart;          // PartyFact's key, as documents.h's counterpartIdentifier
  std::string text;                 // the search box, as documents.h's; or in the address
  std::optional<Instant> from, to;  // sent at; `to` not included
  SmartmailSort sort = SmartmailSort::sent_at;
  int limit = 50;      // 1..200
  std::string cursor;  // opaque; code "cursor-malformed"
};
struct SmartmailPage {
  std::vector<SmartmailRow> items;
  std::optional<std::string> nextCursor;
};
// By deadline: the nearest first, those without any last. By time of sending: the newest first.
Result<SmartmailPage> listSmartmail(Reader& reader, const Viewer& viewer, const SmartmailQuery& query);

// A sum of letters' prices; hundredths, as the store sums.
struct LetterSum {
  std::string currency;
  std::int64_t hundredths = 0;
};

struct SmartmailCount {
  std::string state;
  std::int64_t documents = 0;
  std::vector<LetterSum> letters;  // what they cost on paper, or would; by currency, without unknown prices
};
// Of the query's period, counterpart and text; its states, sort and paging are left aside.
Result<std::vector<SmartmailCount>> countSmartmail(Reader& reader, const Viewer& viewer,
                                                   const SmartmailQuery& query);

// The deadlines that are nearest among those that wait: how many have it, what their letters cost.
struct NearestDeadline {
  Instant at;
  std::int64_t documents = 0;
  std::vector<LetterSum> letters;
};
Result<std::optional<NearestDeadline>> nearestDeadline(Reader& reader, const Viewer& viewer);

// What waits and goes to paper before this instant, the earliest first: how many, when the first of them, and
// the first of them themselves.
struct SmartmailDueSoon {
  std::int64_t documents = 0;
  Instant first;
  std::vector<SmartmailRow> rows;
};
Result<SmartmailDueSoon> smartmailDueBefore(Reader& reader, const Viewer& viewer, Instant before,
                                            int rows_max);

// What became of mails, for trials on history: newest first.
struct PastSmartmail {
  Instant sentAt;
  std::optional<Instant> deadline, openedAt, expiredAt;
  std::string state;     // roadState()
  std::string evidence;  // "asked" where its sender let it be posted before its time
  std::optional<Date> dueDate;
  std::optional<std::int64_t> letterHundredths;
  std::string currency;
};
// Sent at `from` or later, before `to`.
Result<std::vector<PastSmartmail>> smartmailHistory(Reader& reader, const Viewer& viewer, Instant from,
                                                    Instant to, int limit);

// --- Letters that wait, in order of their cut-off.
struct QueuedLetter {
  DocumentId document;
  DeliveryId delivery;
};
Result<std::vector<QueuedLetter>> queuedLetters(Reader& reader, Instant cutOff, int limit);

// --- What a print house was handed
struct PrintBatch {
  std::string id;  // "20261124-1600-003": unique, and the zip's name
  std::string house;
  Instant cutOff, madeAt;
  Digest digest{};  // of the zip, a blob
  std::int64_t letters = 0, sheets = 0;
  std::optional<Instant> uploadedAt;
  std::int64_t attempts = 0;
  std::string trouble;  // why the last attempt to hand it over came to nothing
};
Outcome createPrintBatch(Transaction& tx, const PrintBatch& batch);  // code batch-known (internal)
Outcome updatePrintBatch(Transaction& tx, const PrintBatch& batch);
Result<std::optional<PrintBatch>> printBatch(Reader& reader, std::string_view id);
// Newest first.
Result<std::vector<PrintBatch>> listPrintBatches(Reader& reader, int limit);

// --- The address that a company's suppliers mail invoices to: its key; empty: the company has none.
Result<std::string> inboundKey(Reader& reader, CompanyId company);
Outcome setInboundKey(Transaction& tx, CompanyId company, std::string_view key);
Result<std::optional<CompanyId>> companyOfInboundKey(Reader& reader, std::string_view key);

// --- The morning list: who gets it, JSON of flow/morning_list.h; empty: nobody.
Result<std::string> morningList(Reader& reader, CompanyId company);
Outcome setMorningList(Transaction& tx, CompanyId company, std::string_view json);
Result<std::vector<CompanyId>> companiesWithMorningList(Reader& reader);

// --- What companies have set: JSON of channels/smartmail_settings.h; empty: nothing.
struct SmartmailSettingsText {
  std::string company;
  std::string partner;
};
Result<SmartmailSettingsText> smartmailSettings(Reader& reader, CompanyId company,
                                                std::string_view partnerIdentifier);
Outcome setSmartmailSettings(Transaction& tx, CompanyId company, std::string_view json);
// The partner must exist; code partner-not-found.
Outcome setPartnerSmartmailSettings(Transaction& tx, CompanyId company, std::string_view partnerIdentifier,
                                    std::string_view json);
struct PartnerSmartmail {
  std::string identifier, name, settings;
};
Result<std::vector<PartnerSmartmail>> partnersWithSmartmailSettings(Reader& reader, CompanyId company,
                                                                    int limit);

}  // namespace postgang::store
