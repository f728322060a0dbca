// What somebody has written in a mail, apart from what their program has put beneath it or before it: the
// message that it answers, and the signature. Nothing is lost: what is not theirs is kept and shown folded.
#pragma once

#include <string>
#include <string_view>

namespace postgang::flow {

struct ReplyText {
  std::string own;
  std::string quoted;  // in the order of the mail
};
// By lines, in whatever program and language the quote begins:
//
//   > …                                             RFC 3676; what stands between such lines is an answer
//   On … wrote:   Den … skrev …:   Am … schrieb …:  Gmail, Apple Mail, Thunderbird; over two lines, too
//   -----Original Message-----   _______            Outlook, and what it does on a telephone
//   From: … Sent: … Subject: …                      Outlook, in any of its languages, bold or not
//   --                                              a signature (RFC 3676), "Sent from my iPhone" and its kin
//
// A mail that says nothing of its own (it is forwarded, or only answered between the lines) is taken whole.
ReplyText replyTextOf(std::string_view text);

}  // namespace postgang::flow
