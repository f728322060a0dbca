#include "base/text.h"

#include <cstdint>
#include <cstring>

#include "base/utf8.h"

namespace postgang {
namespace {

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// U+00C0 … U+00FF and U+0100 … U+017F in order, each as what stays when its mark is taken away; a letter that
// is written as two stands between | bars. Two signs (× ÷) stay themselves, as '='.
constexpr std::string_view latin1_folds =
    "aaaaaa|ae|ceeeeiiii|d|nooooo=ouuuuy|th||ss|aaaaaa|ae|ceeeeiiii|d|nooooo=ouuuuy|th|y";
constexpr std::string_view extended_folds =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii|ij||ij|jjkkkllllllllllnnnnnnnnnoooooo|oe||oe|rrrrrr"
    "ssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

struct FoldTable {
  std::string_view fold[0x180 - 0xC0];
};
constexpr void fill(FoldTable& table, std::size_t at, std::string_view folds) {
  while (!folds.empty()) {
    if (folds.front() == '|') {
      const std::size_t end = folds.find('|', 1);
      table.fold[at++] = folds.substr(1, end - 1);
      folds.remove_prefix(end + 1);
    } else {
      table.fold[at++] = folds.substr(0, 1);
      folds.remove_prefix(1);
    }
  }
}
constexpr FoldTable makeFolds() {
  FoldTable table{};
  fill(table, 0, latin1_folds);
  fill(table, 0x100 - 0xC0, extended_folds);
  return table;
}
constexpr FoldTable folds = makeFolds();
static_assert(folds.fold[0xE5 - 0xC0] == "a" && folds.fold[0xDF - 0xC0] == "ss" &&
              folds.fold[0xFE - 0xC0] == "th");
static_assert(folds.fold[0xFF - 0xC0] == "y" && folds.fold[0x153 - 0xC0] == "oe");
static_assert(folds.fold[0x17E - 0xC0] == "z" && folds.fold[0x17F - 0xC0] == "s");

// Simple lower case for the alphabets a Nordic register meets beside Latin: Greek and Cyrillic.
char32_t lowered(char32_t c) {
  if ((c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x460 && c <= 0x52F && c % 2 == 0 && (c < 0x482 || (c > 0x489 && c < 0x4C0) || c > 0x4CE))
    return c + 1;
  if (c >= 0x1E00 && c <= 0x1EFF && c % 2 == 0) return c + 1;
  return c;
}

void appendFolded(std::string& out, char32_t c) {
  if (c >= 0xC0 && c < 0x180 && folds.fold[c - 0xC0] != "=") {
    out += folds.fold[c - 0xC0];
  } else if (c < 0x300 || c > 0x36F) {  // combining marks fall away: "o" + U+0308 is "o"
    appendUtf8(out, lowered(c));
  }
}

}  // namespace

bool isUtf8(std::string_view text) {
  return firstInvalidUtf8(text) == std::string_view::npos;
}

std::size_t firstInvalidUtf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = 0;  // plain ASCII goes eight at a time
    if (text.size() - at >= sizeof eight) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080ULL) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const CodePoint point = codePointAt(text, at);
    if (point.length == 0) return at;
    at += point.length;
  }
  return std::string_view::npos;
}

CodePoint codePointAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first >= 0xC2 && first <= 0xDF && tail(1)) return {(first & 0x1F) << 6 | (byte(1) & 0x3F), 2};
  if (first >= 0xE0 && first <= 0xEF && tail(1) && tail(2)) {
    const char32_t value = (first & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) return {value, 3};
  }
  if (first >= 0xF0 && first <= 0xF4 && tail(1) && tail(2) && tail(3)) {
    const char32_t value =
        (first & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    if (value >= 0x10000 && value <= 0x10FFFF) return {value, 4};
  }
  return {0xFFFD, 0};
}

void appendUtf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | c >> 18));
    out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::string collapsed(std::string_view text) {
  std::string out;
  for (const char c : trimmed(text)) {
    if (!isSpace(c)) {
      out.push_back(c);
    } else if (out.back() != ' ') {
      out.push_back(' ');
    }
  }
  return out;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      out.push_back(lower(text[at++]));
      continue;
    }
    const CodePoint point = codePointAt(text, at);
    if (point.length > 0) appendFolded(out, point.value);
    at += point.length > 0 ? point.length : 1;  // a broken byte is no letter
  }
  return out;
}

// The three bytes after z stand for the three letters after it, as they did in the Swedish seven-bit code.
std::string swedishOrder(std::string_view text) {
  constexpr char aRing = '{', aDots = '|', oDots = '}';
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = codePointAt(text, at);
    at += point.length > 0 ? point.length : 1;
    if (point.length == 0) continue;
    const char32_t c = point.value;
    const char before = out.empty() ? '\0' : out.back();
    if (c < 0x80) {
      out.push_back(lower(static_cast<char>(c)));
    } else if (c == 0xE5 || c == 0xC5) {
      out.push_back(aRing);
    } else if (c == 0xE4 || c == 0xC4 || c == 0xE6 || c == 0xC6) {
      out.push_back(aDots);
    } else if (c == 0xF6 || c == 0xD6 || c == 0xF8 || c == 0xD8) {
      out.push_back(oDots);
    } else if (c == 0x30A && before == 'a') {  // the mark by itself, as some systems write
      out.back() = aRing;
    } else if (c == 0x308 && (before == 'a' || before == 'o')) {
      out.back() = before == 'a' ? aDots : oDots;
    } else {
      appendFolded(out, c);
    }
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const auto& part : parts) {
    if (&part != &parts.front()) out += separator;
    out += part;
  }
  return out;
}

std::string digitsOf(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c >= '0' && c <= '9') out.push_back(c);
  return out;
}

std::size_t codePoints(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string truncated(std::string_view utf8, std::size_t codePoints) {
  std::size_t at = 0, count = 0;
  for (; at < utf8.size(); ++at) {
    const bool start = (static_cast<unsigned char>(utf8[at]) & 0xC0) != 0x80;
    if (start && count++ == codePoints) break;
  }
  return std::string(utf8.substr(0, at));
}

std::string withoutControls(std::string_view text) {
  // In UTF-8, each of two or three bytes.
  constexpr auto isControl = [](std::string_view at) {
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(at[index]); };
    if (at.size() >= 2 && byte(0) == 0xC2) return byte(1) >= 0x80 && byte(1) <= 0x9F;
    if (at.size() < 3 || byte(0) != 0xE2) return false;
    return (byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) ||
           (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
  };
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7F) {
      out += ' ';
    } else if (isControl(text.substr(i))) {
      out += ' ';
      i += c == 0xC2 ? 1 : 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace postgang
