#include "render/recipient_page_writer.h"

#include <array>
#include <cmath>

#include "base/calendar.h"
#include "render/html.h"
#include "render/recipient_page_style.h"

namespace postgang::render {
namespace {

constexpr std::size_t logo_bytes_max = 8 * 1024;  // as a data URL; a larger one would be half of the page
constexpr std::size_t contact_lines_max = 4, unbroken_points_max = 26;
constexpr Colour dark_ground{0x13, 0x17, 0x18};

std::string twoDigits(int number) {
  return std::to_string(100 + number).substr(1);
}

std::string month(Date date, Language language, bool isShort) {
  const auto& texts = Texts::of(language);
  const auto names =
      split(texts.word(isShort ? "recipientPage.months.short" : "recipientPage.months.full"), ' ');
  const auto at = static_cast<std::size_t>(date.month() - 1);
  return at < names.size() ? std::string(names[at]) : date.text();
}

std::string clockIn(Instant at, Language language) {
  const int minute = minuteInStockholm(at);
  return twoDigits(minute / 60) + (language == Language::swedish ? "." : ":") + twoDigits(minute % 60);
}

std::string moment(std::string date, Instant at, Language language) {
  return Texts::of(language).sentence("recipientPage.moment",
                                      {{"date", std::move(date)}, {"time", clockIn(at, language)}});
}

// WCAG 2, from the contrast with white.
double contrastWithDark(Colour colour) {
  const double luminance = 1.05 / contrastWithWhite(colour), dark = 1.05 / contrastWithWhite(dark_ground);
  return luminance / dark;
}

// The sender's colour on the button; where it cannot be read, or not be seen on the dark page, ink.
std::string colours(Colour accent) {
  const Colour seen = accentOnWhite(accent);
  const bool onDark = !(seen == ink) && contrastWithDark(seen) >= 1.5;
  return ":root{--accent:" + hexText(seen) + ";--on-accent:#fff;--focus:" + hexText(seen) +
         "}@media(prefers-color-scheme:dark){:root{--focus:#e7ebec" +
         (onDark ? std::string() : std::string(";--accent:#e7ebec;--on-accent:#131718")) + "}}";
}

std::string_view iconPath(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> paths = {
      {{"copy",
        "<rect x=\"7\" y=\"7\" width=\"10\" height=\"10\" rx=\"2\"/><path d=\"M13 7V5a2 2 0 0 0-2-2H5a2 2 0 "
        "0 0-2 2v6a2 2 0 0 0 2 2h2\"/>"},
       {"done", "<circle cx=\"10\" cy=\"10\" r=\"7.5\"/><path d=\"m6.8 10.2 2.2 2.2 4.2-4.6\"/>"},
       {"open", "<circle cx=\"10\" cy=\"10\" r=\"7.5\"/>"},
       {"file", "<path d=\"M5 2.5h6l4 4v11H5zM11 2.5v4h4\"/>"},
       {"on", "<path d=\"m7.5 4.5 5.5 5.5-5.5 5.5\"/>"}}};
  for (const auto& [key, path] : paths)
    if (key == name) return path;
  return {};
}

std::string kindKey(document::Kind kind) {
  auto key = "recipientPage.kind." + std::string(document::name(kind));
  return Texts::of(Language::swedish).has(key + ".the") ? key : "recipientPage.kind.other";
}

}  // namespace

std::string dateInWords(Date date, Language language, Date today) {
  auto words = std::to_string(date.day()) + "\u00A0" + month(date, language, false);
  if (date.year() != today.year()) words += " " + std::to_string(date.year());
  return words;
}

std::string momentInWords(Instant at, Language language) {
  const auto date = dateInStockholm(at);
  return moment(std::to_string(date.day()) + "\u00A0" + month(date, language, true), at, language);
}

std::string momentInFull(Instant at, Language language) {
  return moment(dateInStockholm(at).text(), at, language);
}

RecipientPageWriter::RecipientPageWriter(const RecipientPage& page)
    : page_(page), texts_(Texts::of(page.language)) {}

std::string RecipientPageWriter::saidOfKind(std::string_view form) const {
  return std::string(texts_.word(kindKey(page_.copy.kind) + "." + std::string(form)));
}

std::string RecipientPageWriter::say(std::string_view key, const Parameters& parameters) const {
  auto all = parameters;
  all.emplace("sender", page_.sender);
  for (const auto* form : {"a", "the", "The", "name"}) all.emplace(form, saidOfKind(form));
  return texts_.sentence("recipientPage." + std::string(key), all);
}

std::string RecipientPageWriter::counted(std::string_view key, std::int64_t count) const {
  return say(std::string(key) + (count == 1 ? "_one" : "_other"), {{"count", std::to_string(count)}});
}

void RecipientPageWriter::open(std::string_view title, std::string_view mainClass) {
  out_ =
      openPage(title, {}, page_.language, std::string(recipient_page_style) + colours(page_.design.accent));
  // No icon is asked for: the page fetches nothing that it does not hold.
  constexpr std::string_view titled = "</title>";
  if (const auto at = out_.find(titled); at != out_.npos)
    out_.insert(at + titled.size(), "<link rel=\"icon\" href=\"data:,\">");
  if (page_.base.empty()) element("aside", say("preview"), " class=\"note\"");
  out_ += mainClass == "after" ? "<div class=\"head wide\">" : "<div class=\"head\">";
  head();
  out_ += "</div><main class=\"" + std::string(mainClass) + "\">";
}

void RecipientPageWriter::head() {
  out_ += "<header>";
  const auto logo = logoDataUrl(page_.design.logo);
  if (!logo.empty() && logo.size() <= logo_bytes_max) {
    out_ += "<img alt=\"\" src=\"" + logo + "\">";
  } else if (!page_.copy.initials.empty()) {
    const auto accent = page_.design.accent;
    out_ +=
        "<svg aria-hidden=\"true\" viewBox=\"0 0 40 40\"><rect width=\"40\" height=\"40\" rx=\"8\" fill=\"" +
        hexText(accent) +
        "\"/><text x=\"20\" y=\"27\" font-size=\"18\" font-weight=\"700\" text-anchor=\"middle\" fill=\"" +
        (contrastWithWhite(accent) >= 4.5 ? "#fff" : hexText(ink)) + "\">" +
        escapedHtml(page_.copy.initials) + "</text></svg>";
  }
  element("span", page_.sender);
  out_ += "</header>";
}

void RecipientPageWriter::element(std::string_view name, std::string_view text, std::string_view attributes) {
  if (text.empty()) return;
  out_ += "<" + std::string(name) + std::string(attributes) + ">" + escapedHtml(text) + "</" +
          std::string(name) + ">";
}

void RecipientPageWriter::icon(std::string_view name) {
  out_ +=
      "<svg class=\"i\" aria-hidden=\"true\" viewBox=\"0 0 20 20\">" + std::string(iconPath(name)) + "</svg>";
}

std::string RecipientPageWriter::place(std::string_view where) const {
  return escapedHtml(page_.base) + std::string(where);
}

std::string RecipientPageWriter::keyed(std::string_view where) const {
  return escapedHtml(page_.base + "/" + page_.key) + std::string(where);
}

void RecipientPageWriter::button(std::string_view where, std::string_view words, std::string_view classes) {
  const bool works = !page_.base.empty();
  if (works) out_ += "<form method=\"post\" action=\"" + std::string(where) + "\">";
  element("button", words,
          " class=\"" + std::string(classes) + "\"" + (works ? "" : " type=\"button\" disabled"));
  if (works) out_ += "</form>";
}

void RecipientPageWriter::link(std::string_view where, std::string_view words, std::string_view attributes) {
  if (page_.base.empty())
    element("span", words, attributes);
  else
    element("a", words, std::string(attributes) + " href=\"" + std::string(where) + "\"");
}

void RecipientPageWriter::state() {
  const auto today = dateInStockholm(page_.now);
  const Parameters values = {
      {"date", page_.stateOn ? dateInWords(*page_.stateOn, page_.language, today) : ""},
      {"number", page_.creditNumber},
      {"amount", page_.creditAmount}};
  std::string key;
  switch (page_.state) {
    case PageState::current:
      return;
    case PageState::superseded:
      key = "state.superseded";
      break;
    case PageState::cancelled:
      key = "state.cancelled";
      break;
    case PageState::credited:
      key = "state.credited";
      break;
    case PageState::partly_credited:
      key = "state.partlyCredited";
      break;
  }
  out_ += "<section class=\"box first\">";
  element("h2", say(key + ".heading"));
  element("p", say(key + ".text", values));
  if (page_.state == PageState::superseded) {
    if (page_.newer)
      button(place("/newer"), say("state.superseded.show"), "main");
    else
      element("p", say("state.superseded.later"));
  }
  out_ += "</section>";
}

// What follows on the opening, as it stands now.
std::string RecipientPageWriter::receipt() const {
  if (page_.expiredAt) return say("receipt.posted");
  if (!page_.deadline || page_.state != PageState::current) return say("receipt.seen");
  if (page_.allOpened) return say("receipt.noPaper");
  return say(
      "receipt.openParts",
      {{"date", dateInWords(dateInStockholm(*page_.deadline), page_.language, dateInStockholm(page_.now))}});
}

// Name, organisation number and how to reach them, on one line; a number is not broken.
void RecipientPageWriter::whoIsBehind() {
  std::vector<std::string> facts = {page_.copy.company};
  if (!page_.copy.footNumbers.empty()) facts.push_back(page_.copy.footNumbers.front());
  const auto& contact = page_.copy.footContact;
  for (std::size_t i = 1; i < contact.size() && i < contact_lines_max; ++i) facts.push_back(contact[i]);
  std::erase(facts, "");
  out_ += "<p>";
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (i > 0) out_ += ", ";
    element("span", facts[i], codePoints(facts[i]) <= unbroken_points_max ? " class=\"nb\"" : "");
  }
  out_ += "</p>";
}

void RecipientPageWriter::foot() {
  out_ += "</main><footer class=\"foot\"><div>";
  if (page_.openedAt) {
    out_ += "<p class=\"good\">";
    icon("done");
    element("span", say("receipt.opened", {{"moment", momentInFull(*page_.openedAt, page_.language)}}));
    out_ += "</p>";
    element("p", receipt(), " class=\"gap\"");
  }
  if (page_.now < page_.linkUntil)
    element("p", say("foot.link", {{"date", dateInStockholm(page_.linkUntil).text()}}));
  whoIsBehind();
  element("p", say("foot.shown"));
  out_ += "</div></footer>";
}

std::string RecipientPageWriter::finish(bool withScript) && {
  if (withScript) out_ += "<script>" + std::string(recipient_page_script) + "</script>";
  return std::move(out_) + "</body></html>\n";
}

}  // namespace postgang::render
