#include "net/mail_fields.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace postgang::net {
namespace {

constexpr std::size_t fields_max = 500;
constexpr std::size_t messageId_bytes_max = 250;
constexpr std::size_t messageIds_max = 50;
constexpr std::size_t name_codePoints_max = 100;

bool isFieldName(std::string_view name) {
  return !name.empty() && name.size() <= 100 &&
         std::ranges::all_of(name, [](char c) { return c > 0x20 && c < 0x7f; });
}

void append(std::string& to, std::uint32_t codePoint) {
  if (codePoint < 0x80) {
    to += static_cast<char>(codePoint);
  } else if (codePoint < 0x800) {
    to += static_cast<char>(0xc0 | (codePoint >> 6));
    to += static_cast<char>(0x80 | (codePoint & 0x3f));
  }
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> entities{{{"amp", "&"},
                                                                                  {"lt", "<"},
                                                                                  {"gt", ">"},
                                                                                  {"quot", "\""},
                                                                                  {"nbsp", " "},
                                                                                  {"aring", "å"},
                                                                                  {"auml", "ä"},
                                                                                  {"ouml", "ö"},
                                                                                  {"Aring", "Å"},
                                                                                  {"Auml", "Ä"},
                                                                                  {"Ouml", "Ö"},
                                                                                  {"eacute", "é"}}};

// "&ouml;" at `at`; the number of bytes that it takes, 0 where it is none that we know.
std::size_t entity(std::string_view html, std::size_t at, std::string& words) {
  const auto end = html.find(';', at);
  if (end == html.npos || end - at > 10) return 0;
  const auto name = html.substr(at + 1, end - at - 1);
  for (const auto& [known, meaning] : entities) {
    if (name != known) continue;
    words += meaning;
    return end - at + 1;
  }
  if (name.size() > 1 && name[0] == '#') {
    const bool isHex = name[1] == 'x' || name[1] == 'X';
    const auto digits = name.substr(isHex ? 2 : 1);
    std::uint32_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, isHex ? 16 : 10);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return 0;
    append(words, value);
    return end - at + 1;
  }
  return 0;
}

// Where what a tag holds ends that is nothing to read.
std::size_t skipped(std::string_view html, std::string_view tag, std::size_t from) {
  for (const std::string_view name : {"script", "style", "head"}) {
    if (!tag.starts_with(name)) continue;
    const auto end = "</" + std::string(name);
    const auto found = std::search(html.begin() + static_cast<std::ptrdiff_t>(from), html.end(), end.begin(),
                                   end.end(), [](char a, char b) {
                                     return lowered({&a, 1})[0] == b;
                                   });
    return static_cast<std::size_t>(found - html.begin());
  }
  return from;
}

bool breaksLine(std::string_view tag) {
  constexpr std::string_view tags[] = {"br", "p", "/p", "div", "/div", "tr", "/tr", "li", "h1", "h2", "h3"};
  const auto name = tag.substr(0, tag.find_first_of(" \t\r\n/>", 1));
  return std::ranges::find(tags, name) != std::end(tags);
}

}  // namespace

MailFields fieldsIn(std::string_view block) {
  MailFields fields;
  for (auto line : split(block, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (line.front() == ' ' || line.front() == '\t') {
      if (!fields.empty()) fields.back().second += " " + std::string(trimmed(line));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == line.npos || fields.size() >= fields_max) continue;
    const auto name = trimmed(line.substr(0, colon));
    if (isFieldName(name)) fields.emplace_back(lowered(name), std::string(trimmed(line.substr(colon + 1))));
  }
  return fields;
}

std::string_view field(const MailFields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

std::string_view headerOf(std::string_view message) {
  const auto unix = message.find("\n\n"), dos = message.find("\n\r\n");
  const auto end =
      std::min(unix == message.npos ? message.npos : unix + 2, dos == message.npos ? message.npos : dos + 3);
  return message.substr(0, end);
}

std::vector<std::string> messageIdsIn(std::string_view value) {
  std::vector<std::string> ids;
  for (std::size_t at = value.find('<'); at != value.npos; at = value.find('<', at + 1)) {
    const auto end = value.find('>', at);
    if (end == value.npos || ids.size() >= messageIds_max) break;
    const auto id = value.substr(at + 1, end - at - 1);
    const bool printable = std::ranges::all_of(id, [](char c) { return c > 0x20 && c < 0x7f && c != '<'; });
    if (printable && !id.empty() && id.size() <= messageId_bytes_max) ids.emplace_back(id);
  }
  return ids;
}

std::string messageIdIn(std::string_view header) {
  const auto fields = fieldsIn(headerOf(header));
  const auto ids = messageIdsIn(field(fields, "message-id"));
  return ids.empty() ? std::string() : ids.front();
}

std::string asUtf8(std::string_view text) {
  if (isUtf8(text)) return std::string(text);
  std::string made;
  for (const char c : text) append(made, static_cast<unsigned char>(c));
  return made;
}

std::string safeName(std::string_view name) {
  const auto slash = name.find_last_of("/\\:");
  auto safe = collapsed(withoutControls(asUtf8(slash == name.npos ? name : name.substr(slash + 1))));
  const auto dots = safe.find_first_not_of('.');
  safe.erase(0, dots == std::string::npos ? safe.size() : dots);
  if (codePoints(safe) <= name_codePoints_max) return safe;
  // Its ending is what people and programs go by.
  const auto dot = safe.rfind('.');
  const auto ending = dot == std::string::npos || safe.size() - dot > 10 ? std::string() : safe.substr(dot);
  return truncated(safe, name_codePoints_max - codePoints(ending)) + ending;
}

std::string wordsOfHtml(std::string_view html) {
  std::string words;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      const auto end = html.find('>', at);
      if (end == html.npos) break;
      const auto tag = lowered(html.substr(at + 1, std::min<std::size_t>(end - at - 1, 40)));
      words += breaksLine(tag) ? '\n' : ' ';
      at = skipped(html, tag, end + 1);
      continue;
    }
    if (html[at] == '&') {
      if (const auto taken = entity(html, at, words)) {
        at += taken;
        continue;
      }
    }
    const bool blank = html[at] == '\n' || html[at] == '\r' || html[at] == '\t';
    words += blank ? ' ' : html[at];
    ++at;
  }
  std::string lines;
  for (const auto line : split(words, '\n'))
    if (const auto said = collapsed(line); !said.empty()) lines += said + "\n";
  return lines;
}

}  // namespace postgang::net
