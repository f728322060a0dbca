// What comes in over Peppol: a whole envelope that the access point has taken from the network. Kept with its
// row in peppol_exchanges and all that follows from it in one commit, before it is acknowledged; and done
// once, however often the same instance comes.
//
//   a message level status      AP           `delivered`, evidence "mls"
//     (of an envelope of ours)  AB           `sent` stands, evidence "mls": handed on without a confirmation
//                               RE           `delivery_failed` in its words: the next channel's turn, or
//                                            `failed`
//   a message level response                 read, and nothing follows
//   an invoice response         AP           `accepted`
//     (to an invoice of ours)   CA, PD       `accepted`, and `answered`
//                               RE           `rejected` in its words
//                               AB, IP, UQ   `answered`
//   an invoice, a credit note                taken in for the receiving customer, door "peppol"; what becomes
//                                            of it is told its sender's access point (peppol_mls.h)
//
// Who sends what is the network's word: an answer counts only from whom the document went to, a status only
// from that one's service provider.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flow/limits.h"
#include "flow/step.h"

namespace postgang::flow {

// What the access point says of the AS4 message that it came in; nothing of it must be there.
struct As4Facts {
  std::string messageId;
  std::optional<Instant> at;      // MessageInfo/Timestamp
  std::string senderAccessPoint;  // the name in its certificate: "POP000001"
};

struct PeppolTaken {
  std::string instance;
  std::string kind;  // store::PeppolExchange::kind, or "message-level-response"
  // Taken in, or what the answer is about. Absent: an invoice that could not be taken in (which its sender is
  // told), an answer to nothing that is known here.
  std::optional<DocumentId> document;
  std::string receiverCountry;  // C4, for the access point's own statistics
};

// Codes: those of formats::readSbdh; peppol-document-unknown (invalid: of a type that is not taken here);
// peppol-receiver-unknown (invalid: no customer of that identifier); those of reading an answer; the
// store's own (try again). Nothing is kept then.
Result<PeppolTaken> takePeppol(const Tools& tools, std::string_view bytes, const As4Facts& as4,
                               const Limits& limits);

}  // namespace postgang::flow
