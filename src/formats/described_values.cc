// Values of described files: ours, and the file's.
#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/text.h"
#include "base/time.h"
#include "formats/described_shape.h"

namespace postgang::formats {

namespace {

constexpr std::size_t amount_digits_max = 15;

bool allDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string withoutMarks(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c != '-' && c != ':' && c != 'T' && c != 'Z') digits += c;
  return digits;
}

std::optional<std::string> amountToFile(const DescribedField& field, std::string_view value) {
  const auto amount = Decimal::parse(value);
  const auto hundredths = amount ? amount->hundredths() : std::nullopt;
  if (!hundredths) return std::nullopt;
  return field.compact ? std::to_string(*hundredths) : Decimal::fromScaled(*hundredths, 2).text(2);
}

std::optional<std::string> amountFromFile(const DescribedField& field, std::string_view text) {
  if (text.size() > amount_digits_max) return std::nullopt;
  if (!field.compact) {
    const auto amount = Decimal::parse(text);
    const auto hundredths = amount ? amount->hundredths() : std::nullopt;
    return hundredths ? std::optional(Decimal::fromScaled(*hundredths, 2).text(2)) : std::nullopt;
  }
  std::int64_t hundredths = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, hundredths);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return Decimal::fromScaled(hundredths, 2).text(2);
}

std::optional<std::string> dateFromFile(const DescribedField& field, std::string_view text) {
  std::string shown(text);
  if (field.compact) {
    if (text.size() != 8 || !allDigits(text)) return std::nullopt;
    shown = std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" +
            std::string(text.substr(6, 2));
  }
  const auto date = Date::parse(shown);
  return date ? std::optional(date->text()) : std::nullopt;
}

std::optional<std::string> instantFromFile(const DescribedField& field, std::string_view text) {
  std::string shown(text);
  if (field.compact) {
    if (text.size() != 14 || !allDigits(text)) return std::nullopt;
    const auto part = [&](std::size_t at, std::size_t size) { return std::string(text.substr(at, size)); };
    shown = part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" + part(10, 2) + ":" +
            part(12, 2) + "Z";
  }
  const auto instant = Instant::parse(shown);
  return instant ? std::optional(instant->text()) : std::nullopt;
}

// To the second: that is what files have room for.
std::string inSeconds(Instant instant) {
  return Instant{instant.microseconds / 1'000'000 * 1'000'000}.text();
}

std::optional<std::string> typedToFile(const DescribedField& field, std::string_view value) {
  switch (field.type) {
    case FieldType::text:
      return trimmed(collapsed(withoutControls(value))).empty()
                 ? std::string()
                 : std::string(trimmed(collapsed(withoutControls(value))));
    case FieldType::number:
      return allDigits(value) ? std::optional(std::string(value)) : std::nullopt;
    case FieldType::date: {
      const auto date = Date::parse(value);
      if (!date) return std::nullopt;
      return field.compact ? withoutMarks(date->text()) : date->text();
    }
    case FieldType::instant: {
      const auto instant = Instant::parse(value);
      if (!instant) return std::nullopt;
      return field.compact ? withoutMarks(inSeconds(*instant)).substr(0, 14) : inSeconds(*instant);
    }
    case FieldType::amount:
      return amountToFile(field, value);
    case FieldType::code: {
      const auto found = field.codes.find(value);
      return found == field.codes.end() ? std::nullopt : std::optional(found->second);
    }
    case FieldType::binary:
      return base64(value);
  }
  return std::nullopt;
}

std::optional<std::string> typedFromFile(const DescribedField& field, std::string_view text) {
  switch (field.type) {
    case FieldType::text:
      return std::string(trimmed(collapsed(withoutControls(text))));
    case FieldType::number: {
      if (!allDigits(text) || text.size() > amount_digits_max) return std::nullopt;
      const auto first = field.fill == '0' ? text.find_first_not_of('0') : 0;
      return std::string(first == text.npos ? "0" : text.substr(first));
    }
    case FieldType::date:
      return dateFromFile(field, text);
    case FieldType::instant:
      return instantFromFile(field, text);
    case FieldType::amount:
      return amountFromFile(field, text);
    case FieldType::code: {
      for (const auto& [word, code] : field.codes)
        if (code == text) return word;
      return std::nullopt;
    }
    case FieldType::binary:
      return fromBase64(text);
  }
  return std::nullopt;
}

std::string_view typeName(FieldType type) {
  switch (type) {
    case FieldType::text:
      return "a text";
    case FieldType::date:
      return "a date";
    case FieldType::instant:
      return "a time";
    case FieldType::amount:
      return "an amount";
    case FieldType::number:
      return "a number";
    case FieldType::code:
      return "one of its codes";
    case FieldType::binary:
      return "base64";
  }
  return {};
}

}  // namespace

std::optional<std::string> fileForm(const DescribedField& field, std::string_view value, std::string& why) {
  auto text = typedToFile(field, value);
  if (!text) {
    why = "is not " + std::string(typeName(field.type));
    return std::nullopt;
  }
  if (field.type == FieldType::binary || codePoints(*text) <= field.most) return text;
  if (field.cut && field.type == FieldType::text) return std::string(trimmed(truncated(*text, field.most)));
  why = "is longer than " + std::to_string(field.most) + " characters";
  return std::nullopt;
}

std::optional<std::string> ownForm(const DescribedField& field, std::string_view text, std::string& why) {
  if (field.type != FieldType::binary && codePoints(text) > field.most) {
    why = "is longer than " + std::to_string(field.most) + " characters";
    return std::nullopt;
  }
  auto value = typedFromFile(field, trimmed(text));
  if (!value) why = "is not " + std::string(typeName(field.type));
  return value;
}

tl::unexpected<Problem> valueUnfit(std::string_view record, std::string_view field, std::string_view why) {
  Problem problem{
      ProblemKind::invalid,
      "described-value-unfit",
      std::string(field) + " of " + std::string(record) + " " + std::string(why) + ".",
      std::string(record) + "/" + std::string(field),
      {},
      {{"record", std::string(record)}, {"field", std::string(field)}, {"why", std::string(why)}}};
  return fail(std::move(problem));
}

tl::unexpected<Problem> fileMalformed(std::string where, std::string_view why) {
  auto detail = "The file cannot be read: " + where + " " + std::string(why) + ".";
  return fail(ProblemKind::invalid, "described-file-malformed", std::move(detail), std::move(where),
              "Compare it with the format's description.");
}

Result<std::string> writtenValue(const DescribedRecord& shape, const DescribedField& field,
                                 const Record& record) {
  const auto value = record.value(field.name);
  std::string text;
  if (!value.empty()) {
    std::string why;
    auto written = fileForm(field, value, why);
    if (!written) return valueUnfit(shape.name, field.name, why);
    text = std::move(*written);
  }
  if (text.empty() && field.required) return valueUnfit(shape.name, field.name, "is missing");
  return text;
}

Outcome checkCounts(const DescribedRecord& shape, const Record& record, const std::string& where) {
  for (const auto& inner : shape.records) {
    const auto count =
        static_cast<std::size_t>(std::ranges::count(record.records, inner.name, &Record::name));
    if (count < inner.least) return fileMalformed(where, "has too few of " + inner.name);
    if (count > inner.most) return fileMalformed(where, "has too many of " + inner.name);
  }
  return {};
}

}  // namespace postgang::formats
