// The mail that leads a recipient to its document: subject, HTML and the same words as text. In the sender's
// name and colour, complete without pictures, nothing fetched, under 40 kB whatever the document says. It
// says who, how much and by when, leads to the page, and says what happens otherwise. It never holds an
// account, an OCR number, a code to pay by or a way to see whether it was read.
//
//   auto mail = smartmailOf(document, design, language);
//   mail.link = "https://…/m/TOKEN";                 then what the delivery knows
//   auto said = smartmailMail(mail);
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/copy.h"
#include "render/mail_writer.h"

namespace postgang::render {

struct Smartmail {
  // From the document.
  Language language = Language::swedish;
  document::Kind kind = document::Kind::invoice;
  Ask ask = Ask::pay;
  Colour colour = ink;          // carries white text
  std::string brand, initials;  // "Älvnära Energi", "ÄE"
  std::string amount;           // "1 284,00 kr"; empty where it has none
  std::optional<Date> due;
  std::vector<Fact> facts;  // number, date, customer number
  std::string recipient;    // "Anna Berg"
  bool person = false;
  std::string street;                    // where a letter would go: "Granvägen 8"
  std::string sender;                    // "Älvnära Energi AB"
  std::vector<std::string> senderLines;  // "Org.nr 559990-0346", "Box 77, 903 21 Älvnäs"
  std::optional<Date> month;             // its first day, where the document is about one month
  bool payByGiro = false;                // the page has account, OCR number and code
  // From the delivery.
  std::string link;
  std::size_t attachments = 0;
  bool attachmentsToo = false;  // they are to be opened, too
  bool reminder = false;
  bool attached = false;       // the PDF comes with the mail
  std::optional<Date> openBy;  // absent: it never goes to paper
  int openByMinute = 0;        // of that day
  std::optional<Date> sentOn;  // of a reminder: when it was first sent
};

struct SmartmailMail {
  std::string from;  // the name in From:
  std::string subject, html, text;
};

inline constexpr std::size_t smartmail_bytes_max = 40 * 1024;  // of the HTML

Smartmail smartmailOf(const document::BusinessDocument& document, const Design& design, Language language);
SmartmailMail smartmailMail(const Smartmail& mail);

}  // namespace postgang::render
