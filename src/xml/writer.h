// Writes XML 1.0 in UTF-8, one call a piece, front to back. The caller declares namespaces and gives names as
// they are to stand ("cbc:ID"); the writer escapes, indents and closes.
//
//   Writer writer({.indent = 2});
//   writer.open("Invoice").declare("", invoice_uri).declare("cbc", cbc_uri);
//   writer.leaf("cbc:ID", number);
//   writer.open("cbc:LineExtensionAmount").attribute("currencyID", "SEK").text("100.00").close();
//   TRY(std::string file, writer.finish());
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "xml/tree.h"

namespace postgang::xml {

struct WriterOptions {
  int indent =
      0;  // blanks per level; 0 writes no white space of its own. Elements with text stay as they are
  bool declaration = true;  // <?xml version="1.0" encoding="UTF-8"?>
};

class Writer {
 public:
  explicit Writer(WriterOptions options = {});

  // Names come from our own code: that they are names, and that calls pair, is asserted.
  Writer& open(std::string_view name);
  Writer& declare(std::string_view prefix,
                  std::string_view uri);  // right behind open; "" is the default namespace
  Writer& attribute(std::string_view name, std::string_view value);
  Writer& text(std::string_view value);
  Writer& close();
  Writer& leaf(std::string_view name, std::string_view value);       // open, text, close
  Writer& leafIfAny(std::string_view name, std::string_view value);  // nothing where the value is empty

  // The file; closes what is open. Code xml-unwritable-character (invalid): a value held what XML 1.0 has no
  // way to say, a control character or bytes that are not UTF-8. `where` is the element it was meant for.
  Result<std::string> finish();

 private:
  void endStartTag();
  void newLine(std::size_t depth);
  void escape(std::string_view value, bool isAttribute);

  WriterOptions options_;
  std::string out_;
  std::vector<std::string> open_;
  bool tagOpen_ = false;        // the '>' of the last start tag is still to come
  bool inlineContent_ = false;  // the open element holds text, so no white space is added before its end tag
  std::string unwritable_;      // the first element that could not be said
};

// The tree as a file again: same names, namespaces, attributes and texts; prefixes as its declarations have
// them.
std::string write(const Tree& tree);
// An element as a file of its own: what its ancestors declare and holds for it is declared on it.
std::string write(const Element& element);

}  // namespace postgang::xml
