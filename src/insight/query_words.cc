#include "insight/query_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace postgang::insight {

namespace {

using store::EntryTerm;
using Field = EntryTerm::Field;
using Range = EntryTerm::Range;

struct FieldName {
  std::string_view name;  // folded
  NamedField field;
};
constexpr FieldName names[] = {
    {"number", {QueryField::text, Field::number, true}},
    {"nummer", {QueryField::text, Field::number, true}},
    {"counterpart", {QueryField::text, Field::counterpart}},
    {"motpart", {QueryField::text, Field::counterpart}},
    {"customer", {QueryField::text, Field::customer_number, true}},
    {"kundnr", {QueryField::text, Field::customer_number, true}},
    {"kundnummer", {QueryField::text, Field::customer_number, true}},
    {"orgnr", {QueryField::text, Field::org_number, true}},
    {"reference", {QueryField::text, Field::reference}},
    {"referens", {QueryField::text, Field::reference}},
    {"order", {QueryField::text, Field::order}},
    {"ocr", {QueryField::text, Field::payment_reference, true}},
    {"line", {QueryField::text, Field::line}},
    {"rad", {QueryField::text, Field::line}},
    {"attachment", {QueryField::text, Field::attachment}},
    {"bilaga", {QueryField::text, Field::attachment}},
    {"finding", {QueryField::text, Field::finding}},
    {"brist", {QueryField::text, Field::finding}},
    {"ticket", {QueryField::text, Field::ticket}},
    {"arende", {QueryField::text, Field::ticket}},
    {"company", {QueryField::text, Field::company}},
    {"foretag", {QueryField::text, Field::company}},
    {"bolag", {QueryField::text, Field::company}},
    {"status", {QueryField::status, Field::status}},
    {"channel", {QueryField::channel, Field::channel}},
    {"kanal", {QueryField::channel, Field::channel}},
    {"type", {QueryField::kind, Field::kind}},
    {"typ", {QueryField::kind, Field::kind}},
    {"direction", {QueryField::direction, Field::direction}},
    {"riktning", {QueryField::direction, Field::direction}},
    {"date", {QueryField::received, Field::range}},
    {"datum", {QueryField::received, Field::range}},
    {"due", {QueryField::due, Field::range}},
    {"forfaller", {QueryField::due, Field::range}},
    {"amount", {QueryField::amount, Field::range}},
    {"belopp", {QueryField::amount, Field::range}},
};

bool isDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

int small(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

using Days = std::pair<Date, Date>;  // both included

Days monthOf(Date day) {
  const auto first = Date::of(day.year(), day.month(), 1);
  return {first, first.plusMonths(1).plusDays(-1)};
}

Days weekOf(Date day) {
  const auto monday = day.plusDays(1 - day.weekday());
  return {monday, monday.plusDays(6)};
}

Days yearOf(int year) {
  return {Date::of(year, 1, 1), Date::of(year, 12, 31)};
}

enum class Period { day, week, month, year };
struct Phrase {
  std::string_view words;  // folded
  Period period;
  int step;  // from the present one
};
constexpr Phrase phrases[] = {
    {"idag", Period::day, 0},
    {"i dag", Period::day, 0},
    {"today", Period::day, 0},
    {"igar", Period::day, -1},
    {"i gar", Period::day, -1},
    {"yesterday", Period::day, -1},
    {"imorgon", Period::day, 1},
    {"i morgon", Period::day, 1},
    {"tomorrow", Period::day, 1},
    {"denna vecka", Period::week, 0},
    {"den har veckan", Period::week, 0},
    {"this week", Period::week, 0},
    {"forra veckan", Period::week, -1},
    {"last week", Period::week, -1},
    {"nasta vecka", Period::week, 1},
    {"next week", Period::week, 1},
    {"denna manad", Period::month, 0},
    {"den har manaden", Period::month, 0},
    {"this month", Period::month, 0},
    {"forra manaden", Period::month, -1},
    {"last month", Period::month, -1},
    {"nasta manad", Period::month, 1},
    {"next month", Period::month, 1},
    {"i ar", Period::year, 0},
    {"this year", Period::year, 0},
    {"forra aret", Period::year, -1},
    {"i fjol", Period::year, -1},
    {"last year", Period::year, -1},
};

std::optional<Days> phraseDays(std::string_view folded, Date today) {
  for (const auto& phrase : phrases) {
    if (phrase.words != folded) continue;
    switch (phrase.period) {
      case Period::day:
        return Days{today.plusDays(phrase.step), today.plusDays(phrase.step)};
      case Period::week:
        return weekOf(today.plusDays(7 * phrase.step));
      case Period::month:
        return monthOf(Date::of(today.year(), today.month(), 1).plusMonths(phrase.step));
      case Period::year:
        return yearOf(today.year() + phrase.step);
    }
  }
  return std::nullopt;
}

// 2026, 2026-03 or 2026-03-01, of this century or the last.
std::optional<Days> writtenDays(std::string_view text, bool yearsToo) {
  const auto parts = split(text, '-');
  constexpr std::size_t lengths[] = {4, 2, 2};
  if (parts.empty() || parts.size() > 3 || (parts.size() == 1 && !yearsToo)) return std::nullopt;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].size() != lengths[i] || !isDigits(parts[i])) return std::nullopt;
  const int year = small(parts[0]);
  if (year < Date::asked_year_first || year > Date::asked_year_last) return std::nullopt;
  if (parts.size() == 1) return yearOf(year);
  if (parts.size() == 3) {
    const auto day = Date::parse(text);
    return day ? std::optional(Days{*day, *day}) : std::nullopt;
  }
  const int month = small(parts[1]);
  if (month < 1 || month > 12) return std::nullopt;
  return monthOf(Date::of(year, month, 1));
}

struct Compared {
  std::string_view sign;  // ">", ">=", "<", "<=" or nothing
  std::string_view rest;
};
Compared comparedOf(std::string_view text) {
  for (const std::string_view sign : {">=", "<=", ">", "<"})
    if (text.starts_with(sign)) return {sign, trimmed(text.substr(sign.size()))};
  return {{}, text};
}

// Blanks between groups of three alone.
bool isGrouped(std::string_view text) {
  const auto groups = split(text, ' ');
  for (std::size_t i = 1; i < groups.size(); ++i) {
    const auto whole = groups[i].substr(0, groups[i].find_first_of(".,"));
    const bool isLast = i + 1 == groups.size();
    if (whole.size() != 3 || (!isLast && whole.size() != groups[i].size())) return false;
  }
  return groups.size() == 1 || (groups.front().size() <= 3 && isDigits(groups.front()));
}

constexpr std::string_view units[] = {"kr", "sek", ":-"};

std::string withoutUnit(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("\u00a0") || text.substr(at).starts_with("\u202f")) {
      at += text.substr(at).starts_with("\u00a0") ? 1 : 2;
      plain += ' ';
    } else {
      plain += text[at];
    }
  }
  plain = folded(trimmed(plain));
  for (const auto unit : units)
    if (plain.ends_with(unit)) {
      plain = std::string(trimmed(std::string_view(plain).substr(0, plain.size() - unit.size())));
      break;
    }
  return plain;
}

bool hasUnit(std::string_view text) {
  const auto plain = folded(text);
  return std::ranges::any_of(units, [&](std::string_view unit) { return plain.ends_with(unit); });
}

struct Amount {
  Decimal value;
  bool whole = true;  // written without öre
  std::string digits;
};

// «1 234,50», 1.234,50, 1,234.50, 1234.5: the last sign of two kinds, or the only one of its kind, is the
// decimal one.
std::optional<Amount> amountOf(std::string_view given) {
  constexpr std::size_t length_max = 24;
  const auto text = withoutUnit(given);
  if (text.empty() || text.size() > length_max || !isGrouped(text) || text.find("..") != std::string::npos)
    return std::nullopt;
  const bool negative = text.front() == '-';
  Amount amount;
  std::string decimal;
  const auto last = text.find_last_of(".,");
  const bool isGroup = last != std::string::npos && std::ranges::count(text, text[last]) > 1;  // 1.234.567
  for (std::size_t at = negative ? 1 : 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c >= '0' && c <= '9') {
      decimal += c;
    } else if (c == '.' || c == ',') {
      if (at != last || isGroup) continue;
      if (text.size() - at - 1 > 2 || at + 1 == text.size()) return std::nullopt;
      amount.whole = false;
      decimal += '.';
    } else if (c != ' ') {
      return std::nullopt;
    }
  }
  if (decimal.empty() || decimal.front() == '.') return std::nullopt;
  amount.digits = decimal;
  const auto value = Decimal::parse((negative ? "-" : "") + decimal);
  if (!value) return std::nullopt;
  amount.value = *value;
  return amount;
}

constexpr Decimal ore = Decimal::fromScaled(1, 2);

std::optional<Range> amountsBetween(std::string_view text, bool free) {
  std::string plain(text);
  for (auto at = plain.find("\u2013"); at != std::string::npos; at = plain.find("\u2013"))
    plain.replace(at, std::string_view("\u2013").size(), "-");
  auto at = plain.find("..");
  const std::size_t length = at == std::string::npos ? 1 : 2;
  if (at == std::string::npos) at = plain.find('-', 1);
  if (at == std::string::npos) return std::nullopt;
  const auto least = amountOf(std::string_view(plain).substr(0, at));
  const auto most = amountOf(std::string_view(plain).substr(at + length));
  if (!least || !most || most->value < least->value) return std::nullopt;
  const auto mayBeNumber = [](const Amount& amount) {
    return (amount.digits.size() > 1 && amount.digits.front() == '0') || amount.digits.size() > 9;
  };
  if (free && (mayBeNumber(*least) || mayBeNumber(*most))) return std::nullopt;
  return Range{.of = store::Sort::amount, .least = least->value, .most = most->value};
}

std::optional<Range> daysBetween(std::string_view text, bool yearsToo) {
  const auto at = text.find("..");
  if (at == std::string_view::npos) return std::nullopt;
  const auto first = trimmed(text.substr(0, at)), last = trimmed(text.substr(at + 2));
  const auto from = writtenDays(first, yearsToo), to = writtenDays(last, yearsToo);
  if ((!from && !first.empty()) || (!to && !last.empty()) || (!from && !to)) return std::nullopt;
  Range range;
  if (from) range.from = from->first;
  if (to) range.to = to->second;
  if (from && to && *range.to < *range.from) return std::nullopt;
  return range;
}

bool beginsSo(std::string_view word, std::string_view known) {
  return folded(known).starts_with(word);
}

template <typename T>
void addNamed(std::vector<std::string>& found, std::string_view word, std::string_view texts, int count) {
  for (int i = 0; i < count; ++i) {
    const auto known = std::string(document::name(static_cast<T>(i)));
    const auto key = std::string(texts) + known;
    if (beginsSo(word, known) || beginsSo(word, Texts::of(Language::swedish).word(key)) ||
        beginsSo(word, Texts::of(Language::english).word(key)))
      found.push_back(known);
  }
}

constexpr std::string_view channels[] = {"network", "peppol", "email", "bank", "edi", "print", "system"};

// What people call channels besides the words on screen, folded.
struct CalledToo {
  std::string_view word, channel;
};
constexpr CalledToo calledToo[] = {
    {"brev", "print"},       {"post", "print"},       {"letter", "print"},    {"mejl", "email"},
    {"mail", "email"},       {"smartmail", "email"},  {"epost", "email"},     {"e-faktura", "network"},
    {"e-faktura", "peppol"}, {"efaktura", "network"}, {"efaktura", "peppol"}, {"e-invoice", "network"},
    {"e-invoice", "peppol"}, {"bankfil", "bank"},
};

bool isCalled(std::string_view channel, std::string_view word) {
  return std::ranges::any_of(
      calledToo, [&](const CalledToo& too) { return too.channel == channel && too.word == word; });
}

}  // namespace

std::optional<NamedField> queryField(std::string_view name) {
  const auto wanted = folded(name);
  for (const auto& known : names)
    if (known.name == wanted) return known.field;
  return std::nullopt;
}

std::optional<Range> dayRange(std::string_view text, Date today, bool free) {
  const auto plain = folded(text);
  const auto [sign, rest] = comparedOf(plain);
  auto days = writtenDays(rest, !free);
  if (!days && sign.empty()) days = phraseDays(rest, today);
  if (!days) return daysBetween(plain, !free);
  Range range;
  if (sign.empty()) {
    range.from = days->first;
    range.to = days->second;
  }
  if (sign == ">=") range.from = days->first;
  if (sign == ">") range.from = days->second.plusDays(1);
  if (sign == "<=") range.to = days->second;
  if (sign == "<") range.to = days->first.plusDays(-1);
  return range;
}

bool isDayPhrase(std::string_view text) {
  return text.find(' ') != std::string_view::npos &&
         std::ranges::find(phrases, std::string_view(folded(text)), &Phrase::words) != std::end(phrases);
}

std::optional<Range> amountRange(std::string_view text, bool free) {
  const auto [sign, rest] = comparedOf(trimmed(text));
  const auto amount = amountOf(rest);
  if (!amount || (free && sign.empty() && !hasUnit(rest)))
    return sign.empty() ? amountsBetween(text, free) : std::nullopt;
  Range range{.of = store::Sort::amount};
  const auto& value = amount->value;
  if (sign.empty()) {
    const auto step = Decimal::fromScaled(value.isNegative() ? -99 : 99, 2);
    const auto other = amount->whole ? value.plus(step).value_or(value) : value;
    range.least = std::min(value, other);
    range.most = std::max(value, other);
  }
  if (sign == ">=") range.least = value;
  if (sign == ">") range.least = value.plus(ore).value_or(value);
  if (sign == "<=") range.most = value;
  if (sign == "<") range.most = value.minus(ore).value_or(value);
  return range;
}

std::vector<std::string> queryNames(QueryField field, std::string_view given) {
  const auto word = folded(given);
  std::vector<std::string> found;
  if (word.empty()) return found;
  if (field == QueryField::status)
    addNamed<document::Status>(found, word, "status.document.",
                               static_cast<int>(document::Status::cancelled) + 1);
  if (field == QueryField::kind)
    addNamed<document::Kind>(found, word, "portal.type.", static_cast<int>(document::Kind::other) + 1);
  if (field == QueryField::channel)
    for (const auto channel : channels) {
      const auto key = "channel." + std::string(channel);
      if (beginsSo(word, channel) || beginsSo(word, Texts::of(Language::swedish).word(key)) ||
          beginsSo(word, Texts::of(Language::english).word(key)) || isCalled(channel, word))
        found.emplace_back(channel);
    }
  if (field == QueryField::direction)
    for (const auto direction : {store::Direction::sent, store::Direction::received}) {
      const auto known = std::string(store::name(direction));
      const auto key = "portal.direction." + known;
      if (beginsSo(word, known) || beginsSo(word, Texts::of(Language::swedish).word(key)))
        found.push_back(known);
    }
  return found;
}

}  // namespace postgang::insight
