// What stands between tags: text, references, CDATA sections, comments and processing instructions.
#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "xml/parser.h"

namespace postgang::xml {

bool Parser::text() {
  const char* const start = at_;
  for (;;) {
    while (!has(*at_, stops_text)) ++at_;
    if (*at_ == '<') {
      addText(since(start), start);
      return true;
    }
    if (*at_ != ']') return replacedText(start);
    if (at_[1] == ']' && at_[2] == '>') return broken(at_, "\"]]>\" may not stand in text.");
    ++at_;
  }
}

// Text with references or carriage returns, which are replaced: CR LF and a lone CR are one LF (2.11).
bool Parser::replacedText(const char* start) {
  const Extent before{replacedStart(), 0};
  std::string& out = arena_.replaced;
  const char* plain = start;
  while (*at_ != '<') {
    if (*at_ == '&') {
      out.append(plain, at_);
      if (!reference(out)) return false;
      plain = at_;
    } else if (*at_ == '\r') {
      out.append(plain, at_);
      if (at_[1] != '\n') out += '\n';
      plain = ++at_;
    } else if (*at_ == ']') {
      if (at_[1] == ']' && at_[2] == '>') return broken(at_, "\"]]>\" may not stand in text.");
      ++at_;
    } else if (has(*at_, stops_text)) {
      return unexpected("within an element");
    } else {
      ++at_;
    }
  }
  out.append(plain, at_);
  addText({before.start, replacedStart() - before.start}, start);
  return true;
}

// The character data of one element between two of its children is one node, however many sections, comments
// and processing instructions part it.
void Parser::addText(Extent extent, const char* at) {
  if (extent.length == 0) return;
  if (arena_.nodes.size() - 1 == current_ || !arena_.nodes.back().isText() ||
      arena_.nodes.back().parent != current_) {
    Node& node = arena_.nodes.emplace_back();
    node.name = Node::text_name;
    node.parent = current_;
    node.end = static_cast<NodeIndex>(arena_.nodes.size());
    node.offset = offsetOf(at);
    node.extent = extent;
    return;
  }
  Extent& last = arena_.nodes.back().extent;
  std::string& out = arena_.replaced;
  if (extent.start < arena_.source.size()) {  // both must lie end to end behind the source
    const std::uint32_t start = replacedStart();
    if (last.start + last.length != start) {
      out.append(arena_.text(last));
      last.start = start;
    }
    out.append(arena_.text(extent));
  } else if (last.start + last.length != extent.start) {
    const std::string piece(arena_.text(extent));
    const std::uint32_t start = replacedStart();
    out.append(arena_.text(last));
    out.append(piece);
    last.start = start;
  }
  last.length += extent.length;
}

bool Parser::cdata() {
  constexpr std::string_view open = "<![CDATA[", close = "]]>";
  const char* const section = at_;
  at_ += open.size();
  const char* const start = at_;
  if (!skipThrough(close, "a CDATA section")) return false;
  const std::string_view content(start, static_cast<std::size_t>(at_ - start) - close.size());
  if (content.find('\r') == std::string_view::npos) {
    addText({offsetOf(start), static_cast<std::uint32_t>(content.size())}, section);
    return true;
  }
  const std::uint32_t before = replacedStart();
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (content[i] != '\r') {
      arena_.replaced += content[i];
    } else if (i + 1 == content.size() || content[i + 1] != '\n') {
      arena_.replaced += '\n';
    }
  }
  addText({before, replacedStart() - before}, section);
  return true;
}

bool Parser::comment() {
  at_ += 4;
  if (!skipThrough("--", "a comment")) return false;
  if (*at_ != '>')
    return atEnd() ? unexpected("within a comment")
                   : broken(at_ - 2, "\"--\" may not stand within a comment.");
  ++at_;
  return true;
}

bool Parser::processingInstruction() {
  const char* const start = at_;
  at_ += 2;
  const std::string_view target = scanName();
  if (target.empty()) return unexpected("at the start of a processing instruction");
  if (!isNcName(target)) return broken(start, "A processing instruction's target is no XML name.");
  if (lowered(target) == "xml")
    return broken(start, "An XML declaration may stand at the very start of the file only.");
  if (!lookingAt("?>") && !has(*at_, is_space)) return unexpected("in a processing instruction");
  return skipThrough("?>", "a processing instruction");
}

// Behind the next `end`; what lies before it may be any character that XML can hold.
bool Parser::skipThrough(std::string_view end, std::string_view what) {
  for (; !atEnd(); ++at_) {
    if (*at_ == end[0] && lookingAt(end)) {
      at_ += end.size();
      return true;
    }
    if (has(*at_, is_forbidden)) break;
  }
  return unexpected("within " + std::string(what));
}

// [66] CharRef and the five predefined entities; there is no DTD to declare others.
bool Parser::reference(std::string& out) {
  if (at_[1] == '#') return characterReference(out);
  const char* const start = at_++;
  const std::string_view name = scanName();
  if (*at_ != ';' || name.empty()) {
    at_ = start;
    return broken(start, "An ampersand stands here that begins no reference; write &amp;.");
  }
  ++at_;
  if (name == "amp")
    out += '&';
  else if (name == "lt")
    out += '<';
  else if (name == "gt")
    out += '>';
  else if (name == "quot")
    out += '"';
  else if (name == "apos")
    out += '\'';
  else
    return broken(start, "The entity " + quoted(name) + " is not one of XML's five.");
  return true;
}

bool Parser::characterReference(std::string& out) {
  const char* const start = at_;
  at_ += 2;
  const bool hexadecimal = *at_ == 'x';
  if (hexadecimal) ++at_;
  const char* const digits = at_;
  char32_t value = 0;
  for (;; ++at_) {
    const char c = *at_;
    char32_t digit = 0;
    if (c >= '0' && c <= '9')
      digit = static_cast<char32_t>(c - '0');
    else if (hexadecimal && (c | 32) >= 'a' && (c | 32) <= 'f')
      digit = static_cast<char32_t>((c | 32) - 'a' + 10);
    else
      break;
    value = std::min<char32_t>(value * (hexadecimal ? 16 : 10) + digit,
                               0x110000);  // past the last one stays past it
  }
  if (at_ == digits || *at_ != ';') return broken(start, "This character reference is not finished.");
  if (!isCharacter(value)) return broken(start, "A character is referred to that no XML file may hold.");
  ++at_;
  appendUtf8(out, value);
  return true;
}

}  // namespace postgang::xml
