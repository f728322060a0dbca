// The page behind the link in a Smartmail: what it says before and after «Visa fakturan», as HTML that works
// without script, on a phone first. Before: who from, who to, what kind and when; no amount, no number and
// no copy, because a mail scanner may fetch it. After: what is to be paid and how, the copy, the attachments,
// and ways to ask. All texts are escaped and bounded; nothing is fetched from anywhere else.
//
//   auto page = recipientPageOf(document, design, language);
//   page.base = "/m/TOKEN";                        then where things stand
//   auto html = pageBefore(page);                  served with recipientPagePolicy(html)
//
// Sender's colours where they can be read (4.5:1 on white); light and dark as the reader's machine has it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "render/copy.h"

namespace postgang::render {

// What page and preview of the copy may weigh together, before anything is downloaded.
inline constexpr std::size_t recipient_page_bytes_max = 50'000;

// One value to pay by: as it is read, and as it is pasted into a bank.
struct PayValue {
  std::string label, shown, copied;
};

struct PagePart {
  std::string name;
  std::size_t size = 0;  // bytes
  bool exempt = false;   // need not be opened
  std::optional<Instant> openedAt;
};

// Said first, and then nothing is to be paid as the document says.
enum class PageState : std::uint8_t { current, superseded, cancelled, credited, partly_credited };

struct RecipientPage {
  // From the document.
  Language language = Language::swedish;
  Design design;
  Copy copy;
  std::string recipient;  // whom it is for, by name
  bool recipientIsPerson = false;
  std::string sender;  // short: "Älvnära Energi"
  std::optional<Date> due;
  std::optional<Date> periodFrom, periodTo;
  std::vector<PayValue> pay;  // account, reference, amount; empty where it is not to be paid by hand
  bool isOcr = false;
  // Where things stand.
  Instant now;
  std::string base;  // "/m/TOKEN"; empty: a preview, where nothing can be pressed
  std::string key;   // of the page after the opening
  Instant linkUntil;
  PageState state = PageState::current;
  std::optional<Date> stateOn;  // when it was replaced or cancelled
  std::string creditNumber, creditAmount;
  bool newer = false;  // the version that replaced it has been sent to the same address
  std::vector<PagePart> parts;
  std::optional<Instant> deadline;   // when it goes to paper unless all is opened
  std::optional<Instant> expiredAt;  // it has gone
  bool allOpened = false;
  std::optional<Instant> openedAt;  // by this recipient
  std::optional<Instant> askedAt, einvoiceWantedAt;
  std::string askProblem, question;  // a question that was not taken: why (a problem's code), and its words
  bool hasPreview = false;           // of the copy, at base/key/preview
};

RecipientPage recipientPageOf(const document::BusinessDocument& document, const Design& design,
                              Language language);

std::string pageBefore(const RecipientPage& page);
std::string pageAfter(const RecipientPage& page);
std::string pageWrongRecipient(const RecipientPage& page);  // asks once
std::string pageExpired(const RecipientPage& page, bool sentNow);

// Where nothing is known of a document: one page for every token that leads nowhere; the word is a key under
// recipientPage.plain: "unknown", "ended", "wrongDone", "often", "trouble", "foreign".
std::string plainPage(Language language, std::string_view word);

// The header Content-Security-Policy: nothing but the page's own style and script (by digest), embedded
// pictures, frames and forms of this server. `framed`: the portal may show it.
std::string recipientPagePolicy(std::string_view html, bool framed = false);

// The first sheet of a copy of renderHtml(… email …), without its fonts: a picture of it, small.
std::string copyPreview(std::string html);
// The QR code as PNG, eight dots a module with its quiet zone; "" where it cannot be drawn.
std::string codeAsPng(const QrCode& code);

}  // namespace postgang::render
