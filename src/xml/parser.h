// The parser's state (internal; use parse.h). One pass from left to right, no recursion, over a copy of the
// text that ends with NUL, which no rule of XML takes: so a loop over bytes needs no second test for the end.
// Parts: parse.cc the document's structure, parse_tag.cc tags, attributes and namespaces, parse_text.cc what
// stands between tags. Each part gives false after it has noted its Problem.
#pragma once

#include <optional>

#include "xml/characters.h"
#include "xml/parse.h"

namespace postgang::xml {

class Parser {
 public:
  Parser(Arena& arena, const Limits& limits);
  bool document();
  Problem takeProblem() { return std::move(*problem_); }

 private:
  // parse.cc
  bool declaration();
  bool pseudoAttribute(std::string_view name, std::string_view& value);
  bool outside();  // white space, comments and processing instructions around the root
  bool content();
  bool markup();
  void skipSpace();
  bool lookingAt(std::string_view text) const;

  // parse_tag.cc
  bool startTag();
  bool attributes(const char* tag);
  bool attribute();
  bool attributeValue(Extent& value);
  bool declareNamespace(const char* at, std::string_view prefix, Extent uri);
  bool checkNamespace(const char* at, std::string_view prefix, std::string_view uri);
  bool resolveNames(const char* tag, std::uint32_t qualified);
  bool endTag();
  void closeElement();
  std::string_view scanName();
  std::optional<std::uint32_t> qualifiedName(std::string_view raw, const char* at);
  std::optional<std::uint32_t> newQualifiedName(std::string_view raw, const char* at, std::uint64_t hash);
  bool resolve(std::uint32_t qualified, bool isAttribute, const char* at, Name& name);

  // parse_text.cc
  bool text();
  bool replacedText(const char* plainStart);
  bool cdata();
  bool comment();
  bool processingInstruction();
  bool reference(std::string& out);
  bool characterReference(std::string& out);
  void addText(Extent extent, const char* at);
  bool skipThrough(std::string_view end, std::string_view what);

  std::uint32_t offsetOf(const char* at) const {
    return static_cast<std::uint32_t>(at - arena_.source.data());
  }
  std::uint32_t replacedStart() const {
    return static_cast<std::uint32_t>(arena_.source.size() + arena_.replaced.size());
  }
  Extent since(const char* start) const { return {offsetOf(start), static_cast<std::uint32_t>(at_ - start)}; }
  bool atEnd() const { return at_ == end_; }

  bool failAt(const char* at, ProblemKind kind, std::string code, std::string detail,
              std::string advice = {});
  bool broken(const char* at, std::string detail);  // xml-not-well-formed
  bool unexpected(std::string_view place);  // a character that may not stand here, or the end of the file
  static std::string quoted(std::string_view text);  // for a detail: cut where it is long
  bool tooComplex(const char* at, std::string_view what, std::size_t limit);

  // A name as it is written, "cbc:ID", seen before: looked up once per tag, judged once per name.
  struct QualifiedName {
    std::string_view raw;  // in the source
    std::uint64_t hash = 0;
    std::uint16_t prefix = 0;
    std::uint16_t local = 0;
  };
  struct PendingAttribute {
    std::uint32_t qualified;
    std::uint32_t offset;
    Extent value;
  };
  struct Shadowed {  // what a prefix meant outside of `element`
    NodeIndex element;
    std::uint16_t prefix;
    std::uint16_t space;
  };
  static constexpr std::uint16_t unbound = 0xFFFF;

  Arena& arena_;
  const Limits& limits_;
  const char* at_;
  const char* end_;
  NodeIndex current_ = no_node;  // the innermost open element
  std::size_t depth_ = 0;
  std::size_t elements_ = 0;
  std::vector<QualifiedName> qualifiedNames_;
  std::vector<std::uint32_t> slots_;     // of qualifiedNames_, open addressing, id + 1
  std::vector<std::uint16_t> bindings_;  // prefix → namespace
  std::vector<Shadowed> shadowed_;
  std::vector<PendingAttribute> pending_;  // of the tag being read
  std::size_t declaredHere_ = 0;           // namespace declarations of the tag being read
  std::optional<Problem> problem_;
};

}  // namespace postgang::xml
