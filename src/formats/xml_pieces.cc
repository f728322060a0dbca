#include "formats/xml_pieces.h"

#include <algorithm>

#include "formats/spreadsheet.h"
#include "xml/parse.h"

namespace postgang::formats {
namespace {

// The root's start tag, past declaration and comments; without "/" where it is empty.
std::string_view rootTag(std::string_view text) {
  std::size_t at = 0;
  for (;;) {
    at = text.find('<', at);
    if (at == std::string_view::npos || at + 1 >= text.size()) return {};
    if (text[at + 1] != '?' && text[at + 1] != '!') break;
    const std::string_view end = text.substr(at).starts_with("<!--") ? "-->" : ">";
    at = text.find(end, at);
    if (at == std::string_view::npos) return {};
  }
  char quote = '\0';
  for (auto end = at; end < text.size(); ++end) {
    const char c = text[end];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return text.substr(at, end + 1 - at);
    }
  }
  return {};
}

}  // namespace

XmlPieces::XmlPieces(std::string_view text, std::string_view element) : text_(text) {
  const auto tag = rootTag(text);
  if (tag.empty() || tag.ends_with("/>")) return;
  const auto name = tag.substr(1, tag.find_first_of(" \t\r\n>", 1) - 1);
  const auto colon = name.find(':');
  const std::string prefix(colon == std::string_view::npos ? std::string_view() : name.substr(0, colon + 1));
  rootStart_ = tag;
  rootEnd_ = "</" + std::string(name) + ">";
  open_ = "<" + prefix + std::string(element);
  close_ = "</" + prefix + std::string(element) + ">";
  at_ = startOfElement(static_cast<std::size_t>(tag.data() - text.data()) + tag.size());
  const auto lastClose = text.rfind(close_);
  end_ = lastClose == std::string_view::npos ? 0 : lastClose + close_.size();
}

std::size_t XmlPieces::startOfElement(std::size_t from) const {
  for (auto at = text_.find(open_, from); at != std::string_view::npos; at = text_.find(open_, at + 1)) {
    const auto after = at + open_.size();
    if (after < text_.size() && std::string_view(" \t\r\n/>").find(text_[after]) != std::string_view::npos)
      return at;
  }
  return text_.size();
}

Result<xml::Tree> XmlPieces::next() {
  const auto wanted = std::min(at_ + piece_bytes, end_);
  auto close = wanted >= end_ ? end_ - close_.size() : text_.find(close_, wanted);
  const auto stop = std::min(close, end_ - close_.size()) + close_.size();
  const auto piece = rootStart_ + std::string(text_.substr(at_, stop - at_)) + rootEnd_;
  xml::Limits limits;
  limits.bytes = 100'000'000;
  auto tree = xml::parse(piece, limits);
  if (!tree) return spreadsheetDamaged("A part of the workbook cannot be read: " + tree.error().detail);
  at_ = startOfElement(stop);
  return tree;
}

}  // namespace postgang::formats
