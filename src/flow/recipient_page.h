// What a Smartmail's recipient does on the page behind the link in the mail, as facts. Whoever has the link
// is the recipient: there is no account. Each act is one commit that holds the link once more (it may have
// ended meanwhile) and appends after the last event that it read, so that an opening and a deadline in the
// same instant are decided one way: whichever commits first is read by the other.
//
// Everything may be done twice (a press that is repeated, two tabs): it is a fact once. Only open(),
// openPart() and wrongRecipient() say anything about whether the document has arrived; a fetch never does.
//
// Codes: link-unknown (not_found), link-expired, link-ended (conflict), and those given below.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flow/step.h"
#include "store/smartmail.h"
#include "store/viewer.h"

namespace postgang::flow {

inline constexpr std::size_t question_points_max = 1'000;
inline constexpr int questions_a_day_max = 5;
inline constexpr int fetches_a_day_max = 4;  // of one link; more are not kept
inline constexpr std::int64_t page_seconds = 3600;
inline constexpr std::string_view wrong_recipient = "wrong-recipient";  // evidence, and words of the address

// The form in which a token is kept.
Digest recipientDigest(std::string_view token);

struct RecipientVisit {
  enum class State { open, expired, ended };
  store::RecipientLink link;
  State state = State::open;
  // Whether `key` shows the page after the opening now.
  bool shows(std::string_view key, Instant now) const;
};
// nullopt: nobody has this token.
Result<std::optional<RecipientVisit>> recipientVisit(store::Reader& reader, const Digest& token, Instant now);

class RecipientPages {
 public:
  explicit RecipientPages(const Tools& tools) : tools_(tools) {}

  // A GET or HEAD before the first opening: a machine has fetched the page, or somebody who has not pressed.
  Outcome fetched(const Digest& token) const;
  // «Visa fakturan»: the key of the page after it, for an hour.
  Result<std::string> open(const Digest& token) const;
  // One attachment, by the name that it has in the delivery (store::PartState).
  Outcome openPart(const Digest& token, std::string_view part) const;
  // Codes question-empty, question-too-long (invalid), questions-too-many (rate_limited).
  Outcome ask(const Digest& token, std::string_view question) const;
  Outcome wantEinvoice(const Digest& token) const;
  // «Fel mottagare»: the address's links end. Where no other address has the mail, the delivery has failed,
  // and the next channel is tried in the same commit, or the sender must act.
  Outcome wrongRecipient(const Digest& token) const;
  // From a link that has expired: a new one, to the same address and nobody else, at most once a day.
  Outcome sendNewLink(const Digest& token) const;
  // From the page of a document that has been replaced: a token for the newest version's page, where that was
  // sent to the same address. nullopt where it was not.
  Result<std::optional<std::string>> newer(std::string_view token) const;
  // The sender's own look at the page: kept as a fetch under its name, once a day.
  Outcome previewed(const store::Viewer& viewer, DocumentId document, DeliveryId delivery) const;

 private:
  const Tools& tools_;
};

}  // namespace postgang::flow
