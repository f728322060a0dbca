#include "render/design.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

namespace postgang::render {
namespace {

namespace json = boost::json;
using document::Term;

constexpr std::size_t design_bytes_max = 2'000'000;
constexpr std::size_t text_points_max = 1'000;
constexpr std::size_t contact_lines_max = 4;

tl::unexpected<Problem> wrong(std::string where, std::string wanted) {
  return fail(ProblemKind::invalid, "design-member-wrong",
              "This member of the design should be " + wanted + ".", std::move(where), "Correct the design.");
}

Result<std::string> textIn(const json::value& value, const std::string& where) {
  const auto* text = value.if_string();
  if (!text) return wrong(where, "a text");
  std::string plain = withoutControls(std::string_view(*text));
  if (codePoints(plain) > text_points_max) return wrong(where, "at most 1,000 characters");
  return plain;
}

Result<DesignTexts> textsIn(const json::value& value, const std::string& where) {
  const auto* object = value.if_object();
  if (!object) return wrong(where, "an object");
  DesignTexts texts;
  for (const auto& [key, inner] : *object) {
    const std::string place = where + "/" + std::string(key);
    if (key == "contact") {
      const auto* lines = inner.if_array();
      if (!lines || lines->size() > contact_lines_max) return wrong(place, "a list of at most four lines");
      for (const auto& line : *lines) {
        TRY(auto text, textIn(line, place));
        texts.contact.push_back(std::move(text));
      }
      continue;
    }
    std::string* member = key == "contactHeading" ? &texts.contactHeading
                          : key == "payment"      ? &texts.payment
                          : key == "creditNote"   ? &texts.creditNote
                          : key == "reminder"     ? &texts.reminder
                                                  : nullptr;
    if (!member)
      return fail(ProblemKind::invalid, "design-unknown-member", "A design's texts have no such member.",
                  place);
    TRY(*member, textIn(inner, place));
  }
  return texts;
}

Result<std::vector<Term>> termsIn(const json::value& value) {
  const auto* list = value.if_array();
  if (!list) return wrong("/hide", "a list of terms");
  std::vector<Term> terms;
  for (const auto& entry : *list) {
    TRY(const auto name, textIn(entry, "/hide"));
    const auto term = document::termFromName(name);
    if (!term) return wrong("/hide", "a list of business terms (BT-19), and " + name + " is none");
    if (!hideable(*term)) return wrong("/hide", "without " + name + ", which every copy must show");
    if (std::find(terms.begin(), terms.end(), *term) == terms.end()) terms.push_back(*term);
  }
  return terms;
}

Outcome readBrand(const json::value& value, Design& design) {
  const auto* object = value.if_object();
  if (!object) return wrong("/brand", "an object");
  for (const auto& [key, inner] : *object) {
    if (key != "name" && key != "line")
      return fail(ProblemKind::invalid, "design-unknown-member", "A brand has a name and a line.",
                  "/brand/" + std::string(key));
    TRY((key == "name" ? design.brandName : design.brandLine), textIn(inner, "/brand/" + std::string(key)));
  }
  return {};
}

Outcome readMember(std::string_view key, const json::value& value, Design& design) {
  const std::string where = "/" + std::string(key);
  if (key == "paymentSlip" || key == "paymentCode") {
    const auto* yes = value.if_bool();
    if (!yes) return wrong(where, "true or false");
    (key == "paymentSlip" ? design.paymentSlip : design.paymentCode) = *yes;
    return {};
  }
  if (key == "hide") {
    TRY(design.hidden, termsIn(value));
    return {};
  }
  if (key == "brand") return readBrand(value, design);
  if (key == "texts") {
    const auto* object = value.if_object();
    if (!object) return wrong(where, "an object");
    for (const auto& [language, texts] : *object) {
      if (language != "sv" && language != "en") return wrong(where, "texts for sv and en");
      TRY((language == "sv" ? design.swedish : design.english),
          textsIn(texts, where + "/" + std::string(language)));
    }
    return {};
  }
  const auto* text = value.if_string();
  if (key == "language") {
    if (!text || (*text != "sv" && *text != "en")) return wrong(where, "\"sv\" or \"en\"");
    design.language = languageFromTag(std::string_view(*text));
  } else if (key == "accent") {
    const auto colour = text ? colourFromHex(std::string_view(*text)) : std::nullopt;
    if (!colour) return wrong(where, "a colour such as \"#1d5c42\"");
    design.accent = *colour;
  } else if (key == "logo") {
    if (!text) return wrong(where, "a data URL");
    TRY(design.logo, logoFromDataUrl(std::string_view(*text)));
  } else {
    return fail(ProblemKind::invalid, "design-unknown-member", "A design has no such member.", where,
                "Leave it out, or spell it as the documentation does.");
  }
  return {};
}

json::object textsOut(const DesignTexts& texts) {
  json::object out;
  if (!texts.contactHeading.empty()) out["contactHeading"] = texts.contactHeading;
  if (!texts.contact.empty()) out["contact"] = json::array(texts.contact.begin(), texts.contact.end());
  if (!texts.payment.empty()) out["payment"] = texts.payment;
  if (!texts.creditNote.empty()) out["creditNote"] = texts.creditNote;
  if (!texts.reminder.empty()) out["reminder"] = texts.reminder;
  return out;
}

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

}  // namespace

std::optional<Colour> colourFromHex(std::string_view hex) {
  if (hex.size() != 7 || hex[0] != '#') return std::nullopt;
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::uint8_t parts[3];
  for (std::size_t i = 0; i < 3; ++i) {
    const int high = digit(hex[1 + 2 * i]), low = digit(hex[2 + 2 * i]);
    if (high < 0 || low < 0) return std::nullopt;
    parts[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return Colour{parts[0], parts[1], parts[2]};
}

std::string hexText(Colour colour) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "#";
  for (const std::uint8_t part : {colour.red, colour.green, colour.blue}) {
    out += digits[part >> 4];
    out += digits[part & 15];
  }
  return out;
}

double contrastWithWhite(Colour colour) {
  const double luminance =
      0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
  return 1.05 / (luminance + 0.05);
}

Colour accentOnWhite(Colour accent) {
  return contrastWithWhite(accent) >= 4.5 ? accent : ink;
}

bool Design::hides(Term term) const {
  return std::find(hidden.begin(), hidden.end(), term) != hidden.end();
}

bool hideable(Term term) {
  const auto number = static_cast<unsigned>(term);
  const bool reference = (number >= 11 && number <= 19 && number != 13) || number == 41 || number == 56;
  const bool delivery = (number >= 70 && number <= 80) || number == 165;
  const bool underLine = number == 127 || number == 128 || number == 132 || number == 133 || number == 134 ||
                         number == 135 || (number >= 154 && number <= 161);
  return reference || delivery || underLine || term == Term::BT_47;
}

Result<Design> designFromJson(std::string_view text) {
  if (text.size() > design_bytes_max)
    return fail(ProblemKind::too_large, "design-too-large", "A design may be at most 2 MB.", {},
                "Use a smaller logo.");
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  const auto* object = error ? nullptr : value.if_object();
  if (!object)
    return fail(ProblemKind::invalid, "design-not-json", "A design is a JSON object.", {},
                "Correct the design.");
  Design design;
  for (const auto& [key, inner] : *object) CHECK_OK(readMember(key, inner, design));
  return design;
}

std::string designToJson(const Design& design) {
  json::object out;
  if (design.language) out["language"] = code(*design.language);
  out["accent"] = hexText(design.accent);
  if (design.logo.form != Logo::Form::none) out["logo"] = logoDataUrl(design.logo);
  if (!design.brandName.empty() || !design.brandLine.empty())
    out["brand"] = {{"name", design.brandName}, {"line", design.brandLine}};
  json::array hidden;
  for (const Term term : design.hidden) hidden.emplace_back(document::name(term));
  if (!hidden.empty()) out["hide"] = std::move(hidden);
  out["paymentSlip"] = design.paymentSlip;
  out["paymentCode"] = design.paymentCode;
  json::object texts;
  if (auto swedish = textsOut(design.swedish); !swedish.empty()) texts["sv"] = std::move(swedish);
  if (auto english = textsOut(design.english); !english.empty()) texts["en"] = std::move(english);
  if (!texts.empty()) out["texts"] = std::move(texts);
  return json::serialize(out);
}

}  // namespace postgang::render
