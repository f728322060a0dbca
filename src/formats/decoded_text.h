// The text of a file that does not say how its characters are written, as CSV files never do: a byte order
// mark decides, else whether the bytes are UTF-8, else they are Windows-1252, which is what Swedish systems
// write. A file that is put together from both is read line by line, and the lines are told.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang::formats {

struct DecodedText {
  std::string text;      // UTF-8, without a byte order mark
  std::string encoding;  // "utf-8", "utf-16", "windows-1252", "iso-8859-1", "mixed"
  // Of "mixed": the lines, from 1, that are written otherwise than most; at most 10,000 are told.
  std::vector<std::int64_t> otherLines;
};

// Code text-damaged: half a UTF-16 character, or NUL bytes: it is no text.
Result<DecodedText> decodeText(std::string_view bytes);

}  // namespace postgang::formats
