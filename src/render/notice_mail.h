// The mail that tells a sender of its stopped documents: subject, HTML and the same words as text.
// 600 px, fluid below 480, tables and inline styles, complete without pictures, nothing fetched, under 40 kB
// whatever the document says: every value is bounded and escaped. One document shows at most three faults as
// they stand on the invoice, then «och 4 till»; several documents are listed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "base/time.h"
#include "document/business_document.h"

namespace postgang::render {

// A piece of the invoice around the fault.
struct NoticeCell {
  std::string label;  // "Ert ordernummer"
  std::string value;  // empty: it is missing
  bool marked = false;
};

struct NoticeFault {
  std::string what;          // "Ordernummer saknas"
  std::string value;         // as it stands on the invoice; empty where it is absent
  bool saysMissing = false;  // `what` says already that it is absent
  std::string wanted;        // one sentence, the receiver's own where it has one
  std::string example;
  std::string term, title;        // "BT-13", "Ordernummer"; empty where it is about the whole document
  std::string place, demand;      // for the sender's system
  std::string heading;            // "Så står det på fakturan, sida 1"; empty: without the page
  std::vector<NoticeCell> cells;  // empty: one cell is drawn from title and value
};

struct NoticeDocument {
  document::Kind kind = document::Kind::invoice;
  std::string number;
  std::optional<Date> issueDate;
  std::optional<Decimal> amount;
  std::string currency;
  Date received, stopped;
  std::vector<NoticeFault> faults;
};

struct StopNotice {
  Language language = Language::swedish;
  bool reminder = false;
  std::string receiver;                   // "Fjällhem Fastigheter AB"
  std::string sender, senderIdentifier;   // "Björkvik Kontorsservice AB", "559990-0122"
  std::vector<NoticeDocument> documents;  // at least one
  bool mayEdit = false;                   // the link leads to the correction
  std::string link;                       // absolute; empty: no button
  Date today, deadline, linkUntil;
  std::string reference;                // of the notice
  bool attached = false;                // the originals come along
  std::string greeting, help, contact;  // the receiver's own words; may be empty
  bool answered = false;                // a reply reaches the receiver
};

struct NoticeMail {
  std::string from;  // the name in From: "Fjällhem via Postgång"
  std::string subject, html, text;
};

inline constexpr std::size_t notice_bytes_max = 40 * 1024;
inline constexpr std::size_t faults_drawn_max = 3;
inline constexpr std::size_t documents_listed_max = 20;

NoticeMail noticeMail(const StopNotice& notice);
// "Fjällhem Fastigheter AB" → "Fjällhem Fastigheter": how one says it in running text.
std::string shortName(std::string_view company);

}  // namespace postgang::render
