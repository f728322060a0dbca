// By which ways a sender can be told of its stopped documents, the best first.
//
//   a customer with users      the portal at once; and mail to its own notice address, or else to its users
//   anybody else               mail to the address that the receiver has verified: may correct
//                              mail to the address that stands in the invoice (BT-43): the reason alone
//   whoever sent it by Peppol  beside these, an Invoice Response to each document (peppol_answer.h)
//
// A link that may edit goes only where somebody other than the suspect invoice says that the sender is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "flow/step.h"

namespace postgang::flow {

inline constexpr int notice_members_max = 5;  // of the sender's users, in one mail

struct MailWay {
  std::vector<std::string> addresses;
  std::string shown;  // as both parties see it: the address, or the company's name for its users' addresses
  bool mayEdit = false;
  Language language = Language::swedish;
  int tries = 0;      // in this round
  int uncertain = 0;  // of them, how many were cut off before the answer
};

struct Ways {
  bool portal = false;
  std::string senderName;
  std::vector<MailWay> mails;  // in order
};

Result<Ways> waysTo(store::Reader& reader, CompanyId receiver, CompanyId sender,
                    const std::vector<DocumentId>& documents);

// Kept with the notice.
std::string planOf(const std::vector<MailWay>& mails);
std::vector<MailWay> mailsIn(std::string_view plan);

}  // namespace postgang::flow
