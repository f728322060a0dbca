#include "xml/parse.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "base/utf8.h"
#include "xml/encoding.h"
#include "xml/parser.h"

namespace postgang::xml {
namespace {

tl::unexpected<Problem> tooLarge(std::size_t limit) {
  return fail(problemAt(ProblemKind::too_large, "xml-too-large",
                        "The file is larger than " + std::to_string(limit) + " bytes.", {},
                        "Send a smaller file."));
}

// Characters past ASCII that UTF-8 can say and XML cannot hold: U+FFFE and U+FFFF, EF BF BE and EF BF BF.
std::size_t firstNonCharacter(std::string_view utf8) {
  for (std::size_t at = utf8.find('\xEF'); at != std::string_view::npos; at = utf8.find('\xEF', at + 1)) {
    const std::string_view three = utf8.substr(at, 3);
    if (three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") return at;
  }
  return std::string_view::npos;
}

}  // namespace

Result<Tree> parse(std::string_view bytes, const Limits& limits) {
  // Offsets have 32 bits and count through the source and the replaced texts, which are no longer than twice
  // it.
  constexpr std::size_t most_bytes = std::size_t{1} << 29;
  const std::size_t limit = std::min(limits.bytes, most_bytes);
  if (bytes.size() > limit) return tooLarge(limit);
  auto arena = std::make_unique<Arena>();
  TRY(arena->source, toUtf8(bytes));
  if (arena->source.size() > most_bytes) return tooLarge(limit);
  if (std::all_of(arena->source.begin(), arena->source.end(), [](char c) { return has(c, is_space); }))
    return fail(
        problemAt(ProblemKind::invalid, "xml-empty", "The file is empty.", {}, "Send the document itself."));
  if (const std::size_t at = firstNonCharacter(arena->source); at != std::string::npos)
    return fail(problemAt(ProblemKind::invalid, "xml-not-well-formed",
                          "A character stands here that no XML file may hold.", positionOf(arena->source, at),
                          ""));
  Parser parser(*arena, limits);
  if (!parser.document()) return fail(parser.takeProblem());
  return Tree(std::move(arena));
}

Parser::Parser(Arena& arena, const Limits& limits)
    : arena_(arena),
      limits_(limits),
      at_(arena.source.data()),
      end_(arena.source.data() + arena.source.size()),
      slots_(512),
      bindings_{NameTable::no_namespace, NameTable::xml_namespace} {
  // An invoice has a node every twenty bytes or so, white space between its elements counted.
  arena_.nodes.reserve(arena.source.size() / 20 + 16);
  arena_.attributes.reserve(arena.source.size() / 256 + 16);
  arena_.prefixes.intern("");
  arena_.prefixes.intern("xml");
}

bool Parser::document() {
  if (lookingAt("<?xml") && has(at_[5], is_space) && !declaration()) return false;
  if (!outside()) return false;
  if (atEnd()) return broken(at_, "The file ends before its root element.");
  if (*at_ != '<') return unexpected("before the root element");
  if (!startTag() || !content() || !outside()) return false;
  return atEnd() || broken(at_, "Something stands behind the root element.");
}

// [23] XMLDecl: version, then perhaps encoding, then perhaps standalone. The encoding was heeded before.
bool Parser::declaration() {
  at_ += 5;
  std::string_view version, encoding, standalone;
  if (!pseudoAttribute("version", version)) return unexpected("in the XML declaration");
  if (!version.starts_with("1.") || version.size() < 3 || digitsOf(version).size() + 1 != version.size())
    return broken(at_, "The XML declaration names a version that is not 1.x.");
  if (pseudoAttribute("encoding", encoding)) {
    const bool letter = !encoding.empty() && ((encoding[0] | 32) >= 'a' && (encoding[0] | 32) <= 'z');
    const bool name = std::all_of(encoding.begin(), encoding.end(), [](char c) {
      return has(c, in_name) && c != ':' && static_cast<unsigned char>(c) < 0x80;
    });
    if (!letter || !name) return broken(at_, "The XML declaration's encoding is not a name.");
  }
  if (pseudoAttribute("standalone", standalone) && standalone != "yes" && standalone != "no")
    return broken(at_, "The XML declaration's standalone is neither yes nor no.");
  skipSpace();
  if (!lookingAt("?>")) return unexpected("in the XML declaration");
  at_ += 2;
  return true;
}

// False, and nothing read, where it does not stand here.
bool Parser::pseudoAttribute(std::string_view name, std::string_view& value) {
  const char* const before = at_;
  const auto absent = [&] {
    at_ = before;
    return false;
  };
  skipSpace();
  if (at_ == before || !lookingAt(name)) return absent();
  at_ += name.size();
  skipSpace();
  if (*at_ != '=') return absent();
  ++at_;
  skipSpace();
  const char quote = *at_;
  if (quote != '"' && quote != '\'') return absent();
  const char* const start = ++at_;
  while (!atEnd() && *at_ != quote && *at_ != '<') ++at_;
  if (atEnd() || *at_ != quote) return absent();
  value = {start, static_cast<std::size_t>(at_ - start)};
  ++at_;
  return true;
}

bool Parser::outside() {
  for (;;) {
    skipSpace();
    if (atEnd() || *at_ != '<') return true;
    if (lookingAt("<!--")) {
      if (!comment()) return false;
    } else if (lookingAt("<?")) {
      if (!processingInstruction()) return false;
    } else if (lookingAt("<!DOCTYPE")) {
      return failAt(at_, ProblemKind::invalid, "xml-doctype",
                    "The file has a document type declaration (DTD), which is never read.",
                    "Send the document without its DOCTYPE.");
    } else if (at_[1] == '!') {
      return broken(at_, "This markup may not stand outside of the root element.");
    } else {
      return true;
    }
  }
}

bool Parser::content() {
  while (current_ != no_node) {
    if (*at_ == '<' ? !markup() : !text()) return false;
  }
  return true;
}

bool Parser::markup() {
  switch (at_[1]) {
    case '/':
      return endTag();
    case '?':
      return processingInstruction();
    case '!':
      if (lookingAt("<!--")) return comment();
      if (lookingAt("<![CDATA[")) return cdata();
      return broken(at_, "This markup may not stand within an element.");
    default:
      return startTag();
  }
}

void Parser::skipSpace() {
  while (has(*at_, is_space)) ++at_;
}

bool Parser::lookingAt(std::string_view text) const {
  return std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(text);
}

bool Parser::failAt(const char* at, ProblemKind kind, std::string code, std::string detail,
                    std::string advice) {
  if (!problem_)
    problem_ = problemAt(kind, std::move(code), std::move(detail), positionOf(arena_.source, offsetOf(at)),
                         std::move(advice));
  return false;
}

bool Parser::broken(const char* at, std::string detail) {
  return failAt(at, ProblemKind::invalid, "xml-not-well-formed", std::move(detail),
                "Let the program that wrote the file write it again as well-formed XML.");
}

bool Parser::unexpected(std::string_view place) {
  if (atEnd()) return broken(at_, "The file ends " + std::string(place) + ": it is cut short.");
  const CodePoint point = codePointAt({at_, static_cast<std::size_t>(end_ - at_)}, 0);
  if (point.value < 0x20 || point.value == 0x7F)
    return broken(at_, "A control character may not stand " + std::string(place) + ".");
  return broken(at_, "\"" + std::string(at_, point.length) + "\" may not stand " + std::string(place) + ".");
}

std::string Parser::quoted(std::string_view text) {
  constexpr std::size_t longest = 80;
  const std::string shown = truncated(text, longest);
  return '"' + shown + (shown.size() < text.size() ? "…" : "") + '"';
}

bool Parser::tooComplex(const char* at, std::string_view what, std::size_t limit) {
  return failAt(at, ProblemKind::too_large, "xml-too-complex",
                "The file has more than " + std::to_string(limit) + " " + std::string(what) + ".",
                "Send a document as business programs write them.");
}

}  // namespace postgang::xml
