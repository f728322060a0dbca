// Described files whose records are lines with fields in columns.
#include <algorithm>

#include "base/text.h"
#include "formats/described_shape.h"

namespace postgang::formats {

namespace {

constexpr std::string_view line_end = "\r\n";

// One sign for each code point; what ISO 8859-1 has no sign for becomes a question mark.
std::string latinOf(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto first = static_cast<unsigned char>(utf8[at]);
    const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (size == 1) {
      out += static_cast<char>(first);
    } else if (size == 2 && first < 0xc4 && at + 1 < utf8.size()) {
      out += static_cast<char>(((first & 0x03) << 6) | (static_cast<unsigned char>(utf8[at + 1]) & 0x3f));
    } else {
      out += '?';
    }
    at += size;
  }
  return out;
}

std::string utf8OfLatin(std::string_view latin) {
  std::string out;
  for (const char c : latin) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xc0 | (byte >> 6));
      out += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return out;
}

class FixedWriter {
 public:
  explicit FixedWriter(const Description::Shape& shape) : shape_(shape) {}

  Outcome record(const DescribedRecord& shape, const Record& record) {
    CHECK_OK(checkCounts(shape, record, shape.name));
    std::string line = shape.code;
    line.resize(shape_.width, ' ');
    for (const auto& field : shape.fields)
      if (field.type != FieldType::binary) CHECK_OK(put(shape, field, record, line));
    out_ += line;
    out_ += line_end;
    for (const auto& field : shape.fields)
      if (field.type == FieldType::binary) CHECK_OK(putLines(shape, field, record));
    for (const auto& inner : shape.records)
      for (const auto& each : record.records)
        if (each.name == inner.name) CHECK_OK(this->record(inner, each));
    return {};
  }
  std::string done() { return std::move(out_); }

 private:
  Outcome put(const DescribedRecord& shape, const DescribedField& field, const Record& record,
              std::string& line) const {
    TRY(auto text, writtenValue(shape, field, record));
    if (shape_.latin) text = latinOf(text);
    if (text.empty() && field.fill != '0') return {};
    // Columns are bytes: without Latin-1 a text with å is longer in bytes than in letters.
    if (text.size() > field.most) return valueUnfit(shape.name, field.name, "is longer than its columns");
    const auto gap = field.most - text.size();
    std::fill_n(line.begin() + static_cast<std::ptrdiff_t>(field.from), field.most, field.fill);
    // -12.50 in a column of zeros: the sign stands first.
    if (field.right && gap > 0 && field.fill == '0' && text.starts_with('-')) {
      line[field.from] = '-';
      text.front() = '0';
    }
    std::ranges::copy(text, line.begin() + static_cast<std::ptrdiff_t>(field.from + (field.right ? gap : 0)));
    return {};
  }

  Outcome putLines(const DescribedRecord& shape, const DescribedField& field, const Record& record) {
    TRY(const auto text, writtenValue(shape, field, record));
    const auto room = shape_.width - field.lines.size();
    for (std::size_t at = 0; at < text.size(); at += room) {
      auto line = field.lines + text.substr(at, room);
      line.resize(shape_.width, ' ');
      out_ += line;
      out_ += line_end;
    }
    return {};
  }

  const Description::Shape& shape_;
  std::string out_;
};

class FixedReader {
 public:
  FixedReader(const Description::Shape& shape, std::string_view bytes, const DescribedLimits& limits)
      : shape_(shape), left_(limits.records) {
    lines_ = split(bytes, '\n');
    while (!lines_.empty() && trimmed(lines_.back()).empty()) lines_.pop_back();
  }

  Result<Record> all(const DescribedRecord& root) {
    if (!is(root.code)) return fileMalformed(place(), "does not begin with " + root.code);
    TRY(auto record, this->record(root));
    if (at_ < lines_.size()) return fileMalformed(place(), "is not what the format has there");
    return record;
  }

 private:
  std::string place() const { return "line " + std::to_string(at_ + 1); }
  bool is(std::string_view code) const { return at_ < lines_.size() && lines_[at_].starts_with(code); }

  Result<Record> record(const DescribedRecord& shape) {
    if (left_ == 0) return fileMalformed(place(), "is one record too many");
    --left_;
    const auto where = place();
    Record record{.name = shape.name};
    auto line = lines_[at_];
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.size() > shape_.width) return fileMalformed(where, "is too long");
    for (const auto& field : shape.fields)
      if (field.type != FieldType::binary) CHECK_OK(take(field, line, where, record));
    ++at_;
    for (const auto& field : shape.fields)
      if (field.type == FieldType::binary) CHECK_OK(takeLines(field, where, record));
    for (const DescribedRecord* inner = next(shape); inner; inner = next(shape)) {
      TRY(auto each, this->record(*inner));
      record.records.push_back(std::move(each));
    }
    CHECK_OK(checkCounts(shape, record, where));
    return record;
  }

  const DescribedRecord* next(const DescribedRecord& shape) const {
    for (const auto& inner : shape.records)
      if (is(inner.code)) return &inner;
    return nullptr;
  }

  Outcome keep(const DescribedField& field, std::string_view text, const std::string& where,
               Record& record) const {
    const auto place = where + " (" + field.name + ")";
    std::string why;
    auto own = text.empty() ? std::optional<std::string>(std::string()) : ownForm(field, text, why);
    if (!own) return fileMalformed(place, why);
    if (own->empty() && field.required) return fileMalformed(place, "is missing");
    if (!own->empty()) record.values.emplace(field.name, std::move(*own));
    return {};
  }

  Outcome take(const DescribedField& field, std::string_view line, const std::string& where,
               Record& record) const {
    auto text = field.from < line.size() ? line.substr(field.from, field.most) : std::string_view();
    // An empty field of an optional number is filled all the same.
    const auto numeric = field.type == FieldType::date || field.type == FieldType::instant;
    if (numeric && field.fill == '0' && !field.required && text.find_first_not_of('0') == text.npos)
      text = {};
    text = trimmed(text);
    const auto shown = shape_.latin ? utf8OfLatin(text) : std::string(text);
    if (!isUtf8(shown)) return fileMalformed(where + " (" + field.name + ")", "is not UTF-8");
    return keep(field, shown, where, record);
  }

  Outcome takeLines(const DescribedField& field, const std::string& where, Record& record) {
    std::string text;
    for (; is(field.lines); ++at_) text += trimmed(lines_[at_].substr(field.lines.size()));
    return keep(field, text, where, record);
  }

  const Description::Shape& shape_;
  std::size_t left_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::string> writeFixed(const Description::Shape& shape, const DescribedRecord& root,
                               const Record& record) {
  FixedWriter writer(shape);
  CHECK_OK(writer.record(root, record));
  return writer.done();
}

Result<Record> readFixed(const Description::Shape& shape, const DescribedRecord& root, std::string_view bytes,
                         const DescribedLimits& limits) {
  return FixedReader(shape, bytes, limits).all(root);
}

}  // namespace postgang::formats
