// A correction: single values of a file changed, added or taken away, in the file's own format. What no
// change speaks of stays as its sender wrote it, to the byte: elements that the model does not know,
// comments, prefixes, line breaks. (A file in another encoding than UTF-8 becomes UTF-8, and says so.)
//
//   TRY(auto corrected, correct(original, {{Term::BT_13, "", "45123456", ""}}));
//
// Only terms that terms.def calls freely correctable: references, order number, delivery, the receiver's
// electronic address and identifiers, e-mail and postal address, attachments. Seller, legal buyer, number,
// amounts, VAT and payment are another invoice: credit_note.h makes the two that such a mistake takes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "document/terms.h"

namespace postgang::formats {

// One value.
struct TermChange {
  document::Term term{};
  // The groups it stands in, as document/difference.h says them: "BG-25[2]", "BG-25[2]/BG-26". "" is its own
  // group, made where it is absent. One past the last makes another: "BG-3[2]" where there is one BG-3.
  std::string place;
  std::optional<std::string> value;  // absent: it is taken away
  std::string qualifier;  // the scheme; "" keeps what stands there, and is found from a new value where it
                          // can be (0007 of a Swedish organisation number, 0088 of a GLN)
  friend bool operator==(const TermChange&, const TermChange&) = default;
};

// A file to embed, BG-24.
struct NewAttachment {
  std::string reference;    // BT-122, unique in the document
  std::string description;  // BT-123; may be empty
  std::string fileName;
  std::string mediaType;  // of attachmentMediaTypes()
  std::string bytes;
};

// What BIS Billing 3 lets an invoice carry: PDF, PNG, JPEG, CSV, XLSX, ODS.
std::vector<std::string_view> attachmentMediaTypes();

inline constexpr std::size_t attachment_bytes_max = 10'000'000;  // of one
inline constexpr std::size_t corrections_max = 200;              // in one go, attachments counted in
inline constexpr std::size_t value_length_max = 500;             // code points

// The new file. `removedAttachments` are references (BT-122) or, where two share one, places ("BG-24[2]").
// Nothing is done by halves: the first Problem leaves all as it was. Codes, each with the term in `where` and
// the parameter `term`, and `place` where one was given:
//   term-not-correctable    (forbidden) takes a credit note and a new invoice
//   term-value-malformed    (invalid) not a date, a code of no list, a wrong check digit or scheme, too long,
//                           what XML cannot hold; `reason` and, with a form to follow, `example`
//   term-needs-another      (invalid) the term that must stand beside it is missing; `needs`
//   place-unknown           (invalid) no such place in this document, or several that could be meant
//   nothing-changed         (conflict) the document says all this already
//   attachment-too-large    (too_large) over attachment_bytes_max
//   attachment-type-refused (unsupported) of no type above, or the bytes are not what the type says
//   correction-too-large    (too_large) over corrections_max
//   format-not-corrected    (unsupported) the format is read but cannot be corrected here
// and those of readDocument.
Result<std::string> correct(std::string_view original, const std::vector<TermChange>& changes,
                            const std::vector<NewAttachment>& attachments = {},
                            const std::vector<std::string>& removedAttachments = {});

// The judgement of one value by itself, for a check while somebody types: the same codes and words. The value
// as it will be written (trimmed, an identifier in its normal form) with its qualifier.
struct CheckedValue {
  std::string value;
  std::string qualifier;
};
Result<CheckedValue> checkedValue(document::Term term, std::string_view value,
                                  std::string_view qualifier = {});

}  // namespace postgang::formats
