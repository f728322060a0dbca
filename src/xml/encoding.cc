#include "xml/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/text.h"
#include "base/utf8.h"
#include "xml/position.h"

namespace postgang::xml {
namespace {

enum class Family { bytes, utf8_marked, utf16_little, utf16_big, utf32 };
struct Detected {
  Family family = Family::bytes;
  std::size_t mark = 0;  // bytes of the byte order mark
};

using namespace std::string_view_literals;

Detected detect(std::string_view bytes) {
  for (const auto start : {"\xFF\xFE\0\0"sv, "\0\0\xFE\xFF"sv, "<\0\0\0"sv, "\0\0\0<"sv})
    if (bytes.starts_with(start)) return {Family::utf32, 0};
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return {Family::utf8_marked, 3};
  if (bytes.starts_with("\xFF\xFE"sv)) return {Family::utf16_little, 2};
  if (bytes.starts_with("\xFE\xFF"sv)) return {Family::utf16_big, 2};
  if (bytes.starts_with("<\0"sv)) return {Family::utf16_little, 0};
  if (bytes.starts_with("\0<"sv)) return {Family::utf16_big, 0};
  return {};
}

// What the declaration says, in lower case. Only a look ahead: the parser judges the declaration's grammar.
std::string declaredEncoding(std::string_view text) {
  constexpr std::size_t longest_declaration = 256;
  if (!text.starts_with("<?xml")) return "";
  text = text.substr(0, std::min(text.find("?>"), longest_declaration));
  const std::size_t at = text.find("encoding");
  if (at == std::string_view::npos) return "";
  const std::size_t open = text.find_first_of("\"'", at);
  if (open == std::string_view::npos) return "";
  const std::size_t close = text.find(text[open], open + 1);
  return close == std::string_view::npos ? "" : lowered(text.substr(open + 1, close - open - 1));
}

tl::unexpected<Problem> bad(std::string detail, Position position) {
  return fail(problemAt(ProblemKind::invalid, "xml-bad-encoding", std::move(detail), position,
                        "Save the file as UTF-8, and let its declaration say so."));
}

tl::unexpected<Problem> mismatch(std::string_view declared, std::string_view actual) {
  return bad("The file declares the encoding \"" + std::string(declared) + "\", but its bytes are " +
                 std::string(actual) + ".",
             {});
}

std::uint16_t unitAt(std::string_view bytes, std::size_t at, bool big) {
  const auto first = static_cast<unsigned char>(bytes[at]),
             second = static_cast<unsigned char>(bytes[at + 1]);
  return static_cast<std::uint16_t>(big ? first << 8 | second : second << 8 | first);
}

Result<std::string> fromUtf16(std::string_view bytes, bool big) {
  std::string out;
  out.reserve(bytes.size());
  const auto broken = [&](std::string detail) { return bad(std::move(detail), positionOf(out, out.size())); };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t c = unitAt(bytes, at, big);
    if (c >= 0xD800 && c <= 0xDFFF) {
      const char32_t low = at + 3 < bytes.size() ? unitAt(bytes, at + 2, big) : 0;
      if (c > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return broken("Half a UTF-16 surrogate pair stands here.");
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    }
    appendUtf8(out, c);
  }
  if (bytes.size() % 2 != 0) return broken("The file ends within a UTF-16 character.");
  return out;
}

// 0x80 … 0x9F; 0 where Windows-1252 has nothing.
constexpr std::array<char32_t, 32> windows_1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

enum class Codepage { latin1, latin9, windows1252 };

char32_t decoded(unsigned char byte, Codepage page) {
  if (page == Codepage::windows1252 && byte >= 0x80 && byte <= 0x9F)
    return windows_1252[static_cast<std::size_t>(byte - 0x80)];
  if (page != Codepage::latin9) return byte;
  switch (byte) {
    case 0xA4:
      return 0x20AC;
    case 0xA6:
      return 0x0160;
    case 0xA8:
      return 0x0161;
    case 0xB4:
      return 0x017D;
    case 0xB8:
      return 0x017E;
    case 0xBC:
      return 0x0152;
    case 0xBD:
      return 0x0153;
    case 0xBE:
      return 0x0178;
    default:
      return byte;
  }
}

Result<std::string> fromCodepage(std::string_view bytes, Codepage page) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (const char c : bytes) {
    const char32_t character = decoded(static_cast<unsigned char>(c), page);
    if (character == 0 && c != 0)
      return bad("A byte stands here that Windows-1252 does not have.", positionOf(out, out.size()));
    appendUtf8(out, character);
  }
  return out;
}

Result<std::string> asUtf8(std::string_view text) {
  if (const std::size_t at = firstInvalidUtf8(text); at != std::string_view::npos)
    return bad("A byte stands here that is not UTF-8.", positionOf(text.substr(0, at), at));
  return std::string(text);
}

Result<std::string> utf16(std::string_view bytes, const Detected& detected) {
  const bool big = detected.family == Family::utf16_big;
  TRY(std::string text, fromUtf16(bytes.substr(detected.mark), big));
  const std::string declared = declaredEncoding(text);
  const bool agrees = declared == "utf-16" || declared == (big ? "utf-16be" : "utf-16le");
  if (!agrees && !(declared.empty() && detected.mark > 0)) {
    if (declared.empty())
      return bad("The file looks like UTF-16, but no byte order mark or declaration says so.", {});
    return mismatch(declared, big ? "UTF-16BE" : "UTF-16LE");
  }
  return text;
}

}  // namespace

Result<std::string> toUtf8(std::string_view bytes) {
  const Detected detected = detect(bytes);
  if (detected.family == Family::utf16_little || detected.family == Family::utf16_big)
    return utf16(bytes, detected);
  const std::string_view text = bytes.substr(detected.mark);
  const std::string declared = detected.family == Family::utf32 ? "utf-32" : declaredEncoding(text);
  const auto is = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), declared) != names.end();
  };
  if (is({"", "utf-8", "utf8"})) return asUtf8(text);
  if (detected.family == Family::utf8_marked) return mismatch(declared, "marked as UTF-8");
  if (is({"us-ascii", "ascii"})) {
    if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
      return mismatch(declared, "not");
    return std::string(text);
  }
  if (is({"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1"}))
    return fromCodepage(text, Codepage::latin1);
  if (is({"iso-8859-15", "iso8859-15", "iso_8859-15", "latin9", "latin-9"}))
    return fromCodepage(text, Codepage::latin9);
  if (is({"windows-1252", "cp1252", "cp-1252"})) return fromCodepage(text, Codepage::windows1252);
  if (declared.starts_with("utf-16")) return mismatch(declared, "not");
  return fail(problemAt(ProblemKind::unsupported, "xml-unsupported-encoding",
                        "The encoding \"" + withoutControls(declared) + "\" is not read.", {},
                        "Save the file as UTF-8, and let its declaration say so."));
}

char32_t fromWindows1252(unsigned char byte) {
  return decoded(byte, Codepage::windows1252);
}

}  // namespace postgang::xml
