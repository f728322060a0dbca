// From bytes to a Tree: XML 1.0 (fifth edition) with namespaces, as strict as the standard, and with no more
// of it than business documents need: no DTD, and so no entities but the five predefined and character
// references.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/problem.h"
#include "xml/tree.h"

namespace postgang::xml {

struct Limits {
  std::size_t bytes = 50'000'000;  // of the file as it came
  std::size_t depth = 256;         // elements within elements
  std::size_t elements = 2'000'000;
  std::size_t attributes = 128;  // of one element, its namespace declarations counted in
  std::size_t names = 10'000;    // different qualified names, and different namespaces and prefixes
};

// Codes, each with `where` "line L, column C" and parameters line and column:
//   xml-empty                no bytes, or nothing but white space
//   xml-not-well-formed      a rule of XML is broken; the detail says which (also: the file is cut short)
//   xml-unbound-prefix       a namespace prefix is used that nothing declares
//   xml-doctype              a DTD stands in the file; it is never read
//   xml-bad-encoding         the bytes are not of the declared encoding, or contradict it
//   xml-unsupported-encoding (unsupported) an encoding that is not read
//   xml-too-large            (too_large) over `bytes`
//   xml-too-deep             (too_large) over `depth`
//   xml-too-complex          (too_large) over one of the other limits
Result<Tree> parse(std::string_view bytes, const Limits& limits = {});

}  // namespace postgang::xml
