#include "render/recipient_page.h"

#include <cairo.h>

#include <algorithm>
#include <memory>

#include "base/bytes.h"
#include "document/parties.h"
#include "document/payment.h"
#include "render/figures.h"
#include "render/html.h"
#include "render/notice_mail.h"
#include "render/recipient_page_writer.h"
#include "render/type.h"

namespace postgang::render {
namespace {

using document::Group;
using document::Term;

constexpr std::size_t name_points_max = 80;

std::string name(std::string_view text) {
  auto bare = printable(text);
  return codePoints(bare) <= name_points_max ? bare : truncated(bare, name_points_max - 1) + "…";
}

// As it is pasted: banks take no blanks in numbers.
std::string withoutBlanks(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ') continue;
    if (text.substr(i).starts_with("\u00A0")) {
      ++i;
      continue;
    }
    out += text[i];
  }
  return out;
}

void addPay(RecipientPage& page, const document::BusinessDocument& document) {
  if (page.copy.ask != Ask::pay) return;
  for (const auto& fact : page.copy.dueFacts) {
    const bool isText = fact.terms.front() == Term::BT_83 && !page.isOcr;
    page.pay.push_back({fact.label, fact.value, isText ? fact.value : withoutBlanks(fact.value)});
  }
  const auto due = document.decimal(Term::BT_115);
  if (!due) return;
  const auto shown = shownAmount(*due, page.language);
  // Banks here take a comma, as they write it; elsewhere the language's own.
  auto copied = due->roundedHalfAway(2).text(2);
  if (page.language == Language::swedish)
    if (const auto point = copied.find('.'); point != std::string::npos) copied[point] = ',';
  page.pay.push_back({std::string(Texts::of(page.language).word("recipientPage.amount")), shown, copied});
}

std::optional<Date> dateOf(const document::GroupView& group, Term term) {
  return group.date(term);
}

std::string periodInWords(const RecipientPage& page) {
  if (!page.periodFrom || !page.periodTo) return {};
  const Date from = *page.periodFrom, to = *page.periodTo;
  const bool isMonth = from.day() == 1 && to == from.plusMonths(1).plusDays(-1);
  if (!isMonth) return from.text() + "–" + to.text();
  const auto names = split(Texts::of(page.language).word("recipientPage.months.full"), ' ');
  return std::string(names[static_cast<std::size_t>(from.month() - 1)]) + " " + std::to_string(from.year());
}

void fact(RecipientPageWriter& out, const std::string& label, const std::string& value) {
  if (value.empty()) return;
  out.raw("<div>");
  out.element("dt", label);
  out.element("dd", value);
  out.raw("</div>");
}

// What the press tells the sender, and what then does not happen.
std::string told(const RecipientPage& page, const RecipientPageWriter& out) {
  const bool counts = std::ranges::any_of(page.parts, [](const auto& part) { return !part.exempt; });
  const bool toPaper = page.deadline && page.state == PageState::current;
  const char* key = page.expiredAt ? "tell.posted"
                    : !toPaper     ? "tell.plain"
                    : counts       ? "tell.parts"
                                   : "tell.noPaper";
  return out.say("tell.noLogin") + " " + out.say(key);
}

// An organisation's mail may go to a person who is none of its.
std::string notMe(const RecipientPage& page, const RecipientPageWriter& out) {
  if (page.recipient.empty()) return out.say("notMe.nobody");
  return out.say(page.recipientIsPerson ? "notMe.person" : "notMe.company", {{"name", page.recipient}});
}

cairo_status_t onWrite(void* into, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(into)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

std::string digestOf(std::string_view html, std::string_view open, std::string_view close) {
  const auto from = html.find(open);
  const auto to = from == html.npos ? from : html.find(close, from);
  if (to == html.npos) return "'none'";
  return "'sha256-" + base64(view(sha256(html.substr(from + open.size(), to - from - open.size())))) + "'";
}

}  // namespace

RecipientPage recipientPageOf(const document::BusinessDocument& document, const Design& design,
                              Language language) {
  RecipientPage page;
  page.language = language;
  page.design = design;
  page.copy = copyOf(document, design, Channel::email, language);
  const auto buyer = document::buyerOf(document);
  page.recipient = name(buyer.name);
  page.recipientIsPerson = buyer.isPerson;
  page.sender = name(shortName(page.copy.brandName));
  page.due = document.date(Term::BT_9);
  const auto period = document.root().group(Group::BG_13).group(Group::BG_14);
  if (period) {
    page.periodFrom = dateOf(period, Term::BT_73);
    page.periodTo = dateOf(period, Term::BT_74);
  }
  page.isOcr = document::paymentOf(document).referenceIsOcr;
  addPay(page, document);
  return page;
}

std::string pageBefore(const RecipientPage& page) {
  RecipientPageWriter out(page);
  out.open(out.say("title"), "before");
  out.state();
  if (!page.recipient.empty()) out.element("p", out.say("to", {{"name", page.recipient}}), " class=\"dim\"");
  out.element("h1", out.say("heading"));
  out.raw("<dl>");
  fact(out, out.say("period"), periodInWords(page));
  for (const auto& written : page.copy.titleFacts)
    if (written.terms.front() == Term::BT_2) fact(out, written.label, written.value);
  if (!page.parts.empty())
    fact(out, out.say("attachments"), out.counted("count", static_cast<std::int64_t>(page.parts.size())));
  out.raw("</dl>");
  out.button(out.place("/open"), out.say("show"), page.state == PageState::superseded ? "button" : "main");
  out.element("p", told(page, out), " class=\"tell\"");
  out.link(out.place("/wrong-recipient"), notMe(page, out), " class=\"away\"");
  out.foot();
  return std::move(out).finish();
}

std::string pageWrongRecipient(const RecipientPage& page) {
  RecipientPageWriter out(page);
  out.open(out.say("wrong.heading"), "before");
  out.element("h1", out.say("wrong.heading"));
  out.element("p", out.say("wrong.text"));
  out.raw("<p class=\"tell\"></p>");
  out.button(out.place("/wrong-recipient"), out.say("wrong.yes"), "main");
  out.link(out.place(""), out.say("wrong.back"), " class=\"away\"");
  out.foot();
  return std::move(out).finish();
}

std::string pageExpired(const RecipientPage& page, bool sentNow) {
  RecipientPageWriter out(page);
  const std::string key = sentNow ? "expired.sent." : "expired.";
  out.open(out.say(key + "heading"), "before");
  out.element("h1", out.say(key + "heading"));
  out.element("p", out.say(key + "text"));
  if (!sentNow) {
    out.raw("<p class=\"tell\"></p>");
    out.button(out.place("/new-link"), out.say("expired.send"), "main");
  }
  out.foot();
  return std::move(out).finish();
}

std::string plainPage(Language language, std::string_view word) {
  RecipientPage page;
  page.language = language;
  page.base = "/m";
  page.sender = Texts::of(language).word("recipientPage.operator");
  RecipientPageWriter out(page);
  const auto key = "plain." + std::string(word) + ".";
  out.open(out.say(key + "heading"), "before");
  out.element("h1", out.say(key + "heading"));
  out.element("p", out.say(key + "text"));
  out.raw("</main>");
  return std::move(out).finish();
}

std::string recipientPagePolicy(std::string_view html, bool framed) {
  return "default-src 'none'; style-src " + digestOf(html, "<style>", "</style>") + "; script-src " +
         digestOf(html, "<script>", "</script>") +
         "; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors " +
         (framed ? "'self'" : "'none'");
}

std::string copyPreview(std::string html) {
  constexpr std::string_view font = "@font-face{";
  for (auto at = html.find(font); at != html.npos; at = html.find(font, at)) {
    const auto end = html.find('}', at);
    if (end == html.npos) break;
    html.erase(at, end + 1 - at);
  }
  constexpr std::string_view styled = "</style>";
  if (const auto at = html.find(styled); at != html.npos)
    html.insert(at, "html{background:#fff}body{padding:0}section{margin:0;box-shadow:none}");
  constexpr std::string_view sheet = "<section", close = "</main>";
  const auto first = html.find(sheet);
  const auto second = first == html.npos ? first : html.find(sheet, first + sheet.size());
  const auto end = html.rfind(close);
  if (second != html.npos && end != html.npos && second < end) html.erase(second, end - second);
  return html;
}

std::string codeAsPng(const QrCode& code) {
  constexpr int dots = 8, quiet = 4;
  if (code.modules <= 0) return {};
  const int side = (code.modules + 2 * quiet) * dots;
  const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, side, side), cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return {};
  const std::unique_ptr<cairo_t, void (*)(cairo_t*)> pen(cairo_create(surface.get()), cairo_destroy);
  cairo_set_source_rgb(pen.get(), 1, 1, 1);
  cairo_paint(pen.get());
  cairo_set_source_rgb(pen.get(), 0, 0, 0);
  cairo_set_antialias(pen.get(), CAIRO_ANTIALIAS_NONE);
  for (int row = 0; row < code.modules; ++row)
    for (int column = 0; column < code.modules; ++column)
      if (code.at(row, column))
        cairo_rectangle(pen.get(), (column + quiet) * dots, (row + quiet) * dots, dots, dots);
  cairo_fill(pen.get());
  std::string png;
  if (cairo_surface_write_to_png_stream(surface.get(), onWrite, &png) != CAIRO_STATUS_SUCCESS) return {};
  return png;
}

}  // namespace postgang::render
