// Messages as they come in, made for tests: reports of other servers, answers, suppliers' mail.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"

namespace postgang::flow {

// RFC 3464, as postfix writes it.
struct Report {
  std::string to;  // our address that it comes back to
  std::string action = "failed";
  std::string status = "5.1.1";
  std::string diagnostic = "550 5.1.1 <karin@granberga.example>: User unknown";
  std::string recipient = "karin@granberga.example";
  std::string returned = {};  // Message-ID of ours
};
inline std::string reportMail(const Report& report) {
  return "Return-Path: <>\r\nDelivered-To: " + report.to +
         "\r\nFrom: MAILER-DAEMON@mail.granberga.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
         "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
         "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"\r\n\r\n--b1\r\n"
         "Content-Type: text/plain\r\n\r\nSorry.\r\n--b1\r\nContent-Type: message/delivery-status\r\n\r\n"
         "Reporting-MTA: dns; mail.granberga.example\r\n\r\nFinal-Recipient: rfc822; " +
         report.recipient + "\r\nAction: " + report.action + "\r\nStatus: " + report.status +
         "\r\nDiagnostic-Code: smtp; " + report.diagnostic +
         "\r\n\r\n--b1\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" + report.returned +
         ">\r\n\r\n--b1--\r\n";
}

struct Letter {
  std::string to;
  std::string from = "Karin Holm <karin@granberga.example>";
  std::string subject = "Fråga om fakturan";
  std::string text = "Vad är posten Fjärrvärme för?\r\n";
  std::string header = {};  // further fields, each with its line's end
  std::string id = "fraga-1@granberga.example";
  struct File {
    std::string name, mediaType, bytes;
  };
  std::vector<File> files = {};
};
inline std::string letterMail(const Letter& letter) {
  std::string mail = "Delivered-To: " + letter.to + "\r\nFrom: " + letter.from +
                     "\r\nSubject: " + letter.subject + "\r\nMessage-ID: <" + letter.id + ">\r\n" +
                     letter.header +
                     "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n--b1\r\n"
                     "Content-Type: text/plain; charset=utf-8\r\n\r\n" +
                     letter.text;
  for (const auto& file : letter.files)
    mail += "\r\n--b1\r\nContent-Type: " + file.mediaType +
            "\r\nContent-Disposition: attachment; filename=\"" + file.name +
            "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64(file.bytes) + "\r\n";
  return mail + "\r\n--b1--\r\n";
}

}  // namespace postgang::flow
