#include "xml/writer.h"

#include <cassert>

#include "base/utf8.h"
#include "xml/characters.h"

namespace postgang::xml {
namespace {

[[maybe_unused]] bool isQualifiedName(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) return isNcName(name);
  return isNcName(name.substr(0, colon)) && isNcName(name.substr(colon + 1));
}

std::string_view replacement(char c, bool isAttribute) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";  // only "]]>" would need it
    case '"':
      return isAttribute ? "&quot;" : "";
    // A reader would take these for blanks or for a line end of its own.
    case '\n':
      return isAttribute ? "&#10;" : "";
    case '\t':
      return isAttribute ? "&#9;" : "";
    case '\r':
      return "&#13;";
    default:
      return "";
  }
}

}  // namespace

Writer::Writer(WriterOptions options) : options_(options) {
  if (options_.declaration) out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
}

Writer& Writer::open(std::string_view name) {
  assert(isQualifiedName(name));
  endStartTag();
  if (!inlineContent_ && !open_.empty()) newLine(open_.size());
  out_ += '<';
  out_ += name;
  open_.emplace_back(name);
  tagOpen_ = true;
  inlineContent_ = false;
  return *this;
}

Writer& Writer::declare(std::string_view prefix, std::string_view uri) {
  return prefix.empty() ? attribute("xmlns", uri) : attribute("xmlns:" + std::string(prefix), uri);
}

Writer& Writer::attribute(std::string_view name, std::string_view value) {
  assert(tagOpen_ && isQualifiedName(name));
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  escape(value, true);
  out_ += '"';
  return *this;
}

Writer& Writer::text(std::string_view value) {
  assert(!open_.empty());
  if (value.empty()) return *this;
  endStartTag();
  escape(value, false);
  inlineContent_ = true;
  return *this;
}

Writer& Writer::close() {
  assert(!open_.empty());
  if (tagOpen_) {
    out_ += "/>";
    tagOpen_ = false;
  } else {
    if (!inlineContent_) newLine(open_.size() - 1);
    out_ += "</";
    out_ += open_.back();
    out_ += '>';
  }
  open_.pop_back();
  inlineContent_ = false;
  return *this;
}

Writer& Writer::leaf(std::string_view name, std::string_view value) {
  return open(name).text(value).close();
}
Writer& Writer::leafIfAny(std::string_view name, std::string_view value) {
  return value.empty() ? *this : leaf(name, value);
}

Result<std::string> Writer::finish() {
  while (!open_.empty()) close();
  if (!unwritable_.empty())
    return fail(ProblemKind::invalid, "xml-unwritable-character",
                "A value holds a character that XML cannot say.", unwritable_,
                "Take control characters out of the value.");
  out_ += '\n';
  return std::move(out_);
}

void Writer::endStartTag() {
  if (tagOpen_) out_ += '>';
  tagOpen_ = false;
}

void Writer::newLine(std::size_t depth) {
  if (options_.indent == 0) return;
  out_ += '\n';
  out_.append(depth * static_cast<std::size_t>(options_.indent), ' ');
}

void Writer::escape(std::string_view value, bool isAttribute) {
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint point = codePointAt(value, at);
    if (point.length == 0 || !isCharacter(point.value)) {
      if (unwritable_.empty()) unwritable_ = open_.back();
      return;
    }
    const std::string_view instead =
        point.length == 1 ? replacement(value[at], isAttribute) : std::string_view();
    out_ += instead.empty() ? value.substr(at, point.length) : instead;
    at += point.length;
  }
}

}  // namespace postgang::xml
