// Why a message could not be delivered, in one word that texts/*.json's `bounce.<cause>` says in a sentence:
// «Adressen finns inte», «Brevlådan är full».
#pragma once

#include <string_view>

namespace postgang::net {

// From what the other server said, at once ("550 5.1.1 <a@b>: User unknown") or in a report. The enhanced
// status code decides (RFC 3463 and IANA's list), then the words, then the reply code (RFC 5321). Always one
// of:
//
//   address-unknown, address-malformed, domain-unknown, mailbox-full, mailbox-closed, message-too-large,
//   sender-not-trusted, refused-by-policy, refused-as-spam, server-unreachable, server-trouble, mail-loop,
//   relaying-denied, other
std::string_view bounceCauseOf(std::string_view words);

}  // namespace postgang::net
