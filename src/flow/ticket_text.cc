#include "flow/ticket_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace postgang::flow {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t header_lines = 6;        // within which Outlook's head has all that it needs
constexpr std::size_t introduction_lines = 3;  // over which "On … wrote:" may be broken
constexpr std::size_t introduction_points_max = 300;

bool startsWithAny(std::string_view text, const auto& beginnings) {
  return std::ranges::any_of(beginnings,
                             [&](std::string_view beginning) { return text.starts_with(beginning); });
}

bool holdsAny(std::string_view text, const auto& words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// Folded, and without the stars of a bold word: "*Från:* Karin" is "fran: Karin".
std::string plain(std::string_view line) {
  std::string text;
  for (const char c : folded(trimmed(line)))
    if (c != '*') text += c;
  return text;
}

bool isQuotedLine(std::string_view line) {
  return trimmed(line).starts_with(">");
}

bool isDivider(const std::string& line) {
  constexpr std::array words = {
      std::string_view("-----original"),     std::string_view("-----ursprungligt"),
      std::string_view("-----opprinnelig"),  std::string_view("-----oprindelig"),
      std::string_view("-----alkuperainen"), std::string_view("-----ursprungliche")};
  return startsWithAny(line, words);
}

bool isRule(const std::string& line) {
  constexpr std::size_t least = 10;
  return line.size() >= least && std::ranges::all_of(line, [](char c) { return c == '_'; });
}

// Outlook's head: who, and close to it when or what about.
bool isHead(const Lines& lines, std::size_t at) {
  constexpr std::array from = {std::string_view("from: "),      std::string_view("fran: "),
                               std::string_view("fra: "),       std::string_view("von: "),
                               std::string_view("lahettaja: "), std::string_view("de: ")};
  constexpr std::array further = {
      std::string_view("sent: "),    std::string_view("skickat: "),   std::string_view("date: "),
      std::string_view("datum: "),   std::string_view("sendt: "),     std::string_view("gesendet: "),
      std::string_view("subject: "), std::string_view("amne: "),      std::string_view("emne: "),
      std::string_view("betreff: "), std::string_view("lahetetty: "), std::string_view("envoye : "),
      std::string_view("objet : ")};
  if (!startsWithAny(plain(lines[at]), from)) return false;
  for (std::size_t next = at + 1; next < lines.size() && next <= at + header_lines; ++next)
    if (startsWithAny(plain(lines[next]), further)) return true;
  return false;
}

// Whether the next line that says something is quoted by ">".
bool leadsToQuotedLine(const Lines& lines, std::size_t at) {
  while (at < lines.size() && trimmed(lines[at]).empty()) ++at;
  return at < lines.size() && isQuotedLine(lines[at]);
}

// "On Mon, 30 Nov 2026 at 10:11, Karin <karin@…> wrote:" from this line on; how many lines of it, 0: none.
std::size_t introductionAt(const Lines& lines, std::size_t at) {
  constexpr std::array verbs = {std::string_view("wrote:"), std::string_view("skrev:"),
                                std::string_view("schrieb:"), std::string_view("a ecrit :"),
                                std::string_view("kirjoitti:")};
  constexpr std::array verbsWithin = {std::string_view(" skrev "), std::string_view(" schrieb "),
                                      std::string_view(" wrote "), std::string_view(" kirjoitti ")};
  std::string joinedLines;
  for (std::size_t count = 1; count <= introduction_lines && at + count <= lines.size(); ++count) {
    const auto line = plain(lines[at + count - 1]);
    if (line.empty() || isQuotedLine(lines[at + count - 1])) return 0;
    joinedLines += (count > 1 ? " " : "") + line;
    if (codePoints(joinedLines) > introduction_points_max) return 0;
    if (!joinedLines.ends_with(":")) continue;
    const bool saysWho = joinedLines.find('@') != std::string::npos;
    const bool saysWhen = std::ranges::any_of(joinedLines, [](char c) { return c >= '0' && c <= '9'; });
    const bool ends = std::ranges::any_of(verbs, [&](auto verb) { return joinedLines.ends_with(verb); });
    if (ends && (saysWho || saysWhen)) return count;
    if (holdsAny(joinedLines, verbsWithin) && saysWhen && (saysWho || leadsToQuotedLine(lines, at + count)))
      return count;
  }
  return 0;
}

bool isForwarded(const std::string& line) {
  constexpr std::array words = {
      std::string_view("---------- forwarded message"), std::string_view("begin forwarded message"),
      std::string_view("---------- vidarebefordrat"), std::string_view("vidarebefordrat brev"),
      std::string_view("borjan pa vidarebefordrat")};
  return startsWithAny(line, words);
}

bool isProgramsOwn(const std::string& line) {
  constexpr std::array words = {std::string_view("sent from my "),
                                std::string_view("skickat fran min "),
                                std::string_view("get outlook for"),
                                std::string_view("hamta outlook for"),
                                std::string_view("sent from outlook"),
                                std::string_view("skickat fran outlook"),
                                std::string_view("sent from mail for windows"),
                                std::string_view("skickades fran e-post for windows"),
                                std::string_view("skickat via "),
                                std::string_view("sendt fra min "),
                                std::string_view("von meinem ")};
  constexpr std::size_t line_bytes_max = 100;
  return line.size() < line_bytes_max && startsWithAny(line, words);
}

// No more than one empty line between others, none at the ends.
std::string tidied(const Lines& lines) {
  std::string text;
  bool empty = false;
  for (const auto& line : lines) {
    if (trimmed(line).empty()) {
      empty = !text.empty();
      continue;
    }
    text += std::string(empty ? "\n" : "") + line + "\n";
    empty = false;
  }
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

Lines linesOf(std::string_view text) {
  Lines lines;
  for (auto line : split(text, '\n')) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r'))
      line.remove_suffix(1);
    lines.emplace_back(line);
  }
  return lines;
}

struct Parting {
  Lines own, quoted;
  bool restIsQuoted = false;
};

// Takes the line at `at`, and those that belong to it; where to go on.
std::size_t take(const Lines& lines, std::size_t at, Parting& parting) {
  const auto& line = lines[at];
  const auto folded = plain(line);
  if (parting.restIsQuoted || isQuotedLine(line) || isProgramsOwn(folded)) {
    parting.quoted.push_back(line);
    return at + 1;
  }
  if (const auto count = introductionAt(lines, at); count > 0) {
    for (std::size_t i = 0; i < count; ++i) parting.quoted.push_back(lines[at + i]);
    parting.restIsQuoted = !leadsToQuotedLine(lines, at + count);
    return at + count;
  }
  const bool ruleBeforeHead = isRule(folded) && at + 1 < lines.size() &&
                              (isHead(lines, at + 1) || (at + 2 < lines.size() && isHead(lines, at + 2)));
  if (line == "--" || line == "-- " || isDivider(folded) || isForwarded(folded) || ruleBeforeHead ||
      isHead(lines, at)) {
    parting.restIsQuoted = true;
    parting.quoted.push_back(line);
    return at + 1;
  }
  parting.own.push_back(line);
  return at + 1;
}

}  // namespace

ReplyText replyTextOf(std::string_view text) {
  const auto lines = linesOf(text);
  Parting parting;
  for (std::size_t at = 0; at < lines.size();) at = take(lines, at, parting);
  ReplyText reply{tidied(parting.own), tidied(parting.quoted)};
  if (reply.own.empty()) return {tidied(lines), {}};
  return reply;
}

}  // namespace postgang::flow
