#include "formats/described.h"

#include <algorithm>
#include <boost/json.hpp>
#include <set>

#include "base/text.h"
#include "formats/described_shape.h"

namespace postgang::formats {

namespace {

namespace json = boost::json;

constexpr std::size_t json_bytes_max = 1024 * 1024, words_max = 400, fields_max = 200, depth_max = 6,
                      path_max = 12, columns_max = 4000, messages_max = 20;

bool isName(std::string_view text) {
  const auto starts = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto goesOn = [&](char c) { return starts(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; };
  return !text.empty() && text.size() <= 100 && starts(text.front()) && std::ranges::all_of(text, goesOn);
}

// One JSON object of the description, with its place.
class Part {
 public:
  Part(const json::object& object, std::string at) : object_(object), at_(std::move(at)) {}

  tl::unexpected<Problem> wrong(std::string_view member, std::string_view why) const {
    const auto where = at_ + "/" + std::string(member);
    return fail(ProblemKind::invalid, "description-malformed",
                "The description of the format cannot be used: " + where + " " + std::string(why) + ".",
                where, "Compare it with docs/bank-hub.md.");
  }
  Result<std::string> word(std::string_view member, bool needed = true) const {
    const auto* value = object_.if_contains(member);
    if (!value && !needed) return std::string();
    const auto* text = value ? value->if_string() : nullptr;
    if (!text || text->size() > words_max) return wrong(member, "is not a text");
    return std::string(*text);
  }
  Result<std::size_t> number(std::string_view member, std::size_t otherwise, std::size_t most) const {
    const auto* value = object_.if_contains(member);
    if (!value) return otherwise;
    const auto* number = value->if_int64();
    if (!number || *number < 0 || static_cast<std::size_t>(*number) > most)
      return wrong(member, "is not a number up to " + std::to_string(most));
    return static_cast<std::size_t>(*number);
  }
  Result<bool> yes(std::string_view member) const {
    const auto* value = object_.if_contains(member);
    if (!value) return false;
    if (!value->is_bool()) return wrong(member, "is neither true nor false");
    return value->get_bool();
  }
  const json::object* object(std::string_view member) const {
    const auto* value = object_.if_contains(member);
    return value ? value->if_object() : nullptr;
  }
  Result<std::vector<Part>> parts(std::string_view member) const {
    std::vector<Part> found;
    const auto* value = object_.if_contains(member);
    if (!value) return found;
    const auto* list = value->if_array();
    if (!list || list->size() > fields_max) return wrong(member, "is not a list");
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto* each = (*list)[i].if_object();
      if (!each) return wrong(member, "holds something that is no object");
      found.emplace_back(*each, at_ + "/" + std::string(member) + "/" + std::to_string(i));
    }
    return found;
  }
  // "a/b/@c": names; only the last of a field's may be an attribute.
  Result<std::vector<std::string>> path(std::string_view member, bool needed, bool attribute) const {
    TRY(const auto text, word(member, needed));
    std::vector<std::string> steps;
    if (text.empty()) return steps;
    for (const auto step : split(text, '/')) steps.emplace_back(step);
    if (steps.size() > path_max) return wrong(member, "is too long");
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const bool isLast = i + 1 == steps.size();
      const auto name = attribute && isLast && steps[i].starts_with('@') ? steps[i].substr(1) : steps[i];
      if (!isName(name)) return wrong(member, "is no path of names");
    }
    return steps;
  }

 private:
  const json::object& object_;
  std::string at_;
};

class ShapeReader {
 public:
  Result<std::shared_ptr<const Description::Shape>> read(const json::object& root) {
    const Part part(root, "");
    TRY(shape_.id, part.word("id"));
    TRY(shape_.title, part.word("title"));
    TRY(shape_.modelledOn, part.word("modelledOn"));
    TRY(shape_.certified, part.yes("certified"));
    TRY(shape_.ending, part.word("ending"));
    if (!shape_.ending.starts_with('.') || !isName(shape_.ending.substr(1)))
      return part.wrong("ending", "is not like .xml");
    TRY(const auto kind, part.word("kind"));
    if (kind != "xml" && kind != "fixed") return part.wrong("kind", "is neither xml nor fixed");
    shape_.xml = kind == "xml";
    TRY(shape_.space, part.word("namespace", false));
    TRY(const auto encoding, part.word("encoding", false));
    if (!encoding.empty() && encoding != "utf-8" && encoding != "iso-8859-1")
      return part.wrong("encoding", "is neither utf-8 nor iso-8859-1");
    shape_.latin = encoding == "iso-8859-1";
    TRY(shape_.width, part.number("width", 0, columns_max));
    if (!shape_.xml && shape_.width < 10) return part.wrong("width", "is missing");
    const auto* messages = part.object("messages");
    if (!messages || messages->empty() || messages->size() > messages_max)
      return part.wrong("messages", "is missing");
    for (const auto& [name, value] : *messages) {
      const auto at = "/messages/" + truncated(withoutControls(std::string_view(name)), 40);
      const auto* object = value.if_object();
      if (!object) return part.wrong("messages", "holds something that is no object");
      TRY(auto record, recordIn(Part(*object, at), 1));
      shape_.messages.emplace(std::string(std::string_view(name)), std::move(record));
    }
    return std::make_shared<const Description::Shape>(std::move(shape_));
  }

 private:
  Result<DescribedRecord> recordIn(const Part& part, std::size_t depth) const {
    if (depth > depth_max) return part.wrong("records", "lies too deep");
    DescribedRecord record;
    TRY(record.name, part.word("name"));
    if (!isName(record.name)) return part.wrong("name", "is no name");
    TRY(record.least, part.number("least", 0, 1'000'000));
    TRY(record.most, part.number("most", 1, 1'000'000));
    if (shape_.xml) {
      TRY(record.element, part.word("element"));
      if (!isName(record.element)) return part.wrong("element", "is no name");
      TRY(record.in, part.path("in", false, false));
    } else {
      TRY(record.code, part.word("code"));
      if (record.code.empty() || record.code.size() > 8) return part.wrong("code", "is not of 1 to 8 signs");
    }
    TRY(const auto fields, part.parts("fields"));
    std::set<std::string> names;
    for (const auto& each : fields) {
      TRY(auto field, fieldIn(each, record));
      if (!names.insert(field.name).second) return each.wrong("name", "stands there twice");
      record.fields.push_back(std::move(field));
    }
    TRY(const auto records, part.parts("records"));
    std::set<std::string> inner;
    for (const auto& each : records) {
      TRY(auto one, recordIn(each, depth + 1));
      if (!inner.insert(shape_.xml ? one.name : one.code).second)
        return each.wrong("name", "stands there twice");
      record.records.push_back(std::move(one));
    }
    return record;
  }

  Result<DescribedField> fieldIn(const Part& part, const DescribedRecord& record) const {
    DescribedField field;
    TRY(field.name, part.word("name"));
    if (!isName(field.name)) return part.wrong("name", "is no name");
    CHECK_OK(typeIn(part, field));
    TRY(field.required, part.yes("required"));
    TRY(field.cut, part.yes("cut"));
    TRY(field.compact, part.yes("compact"));
    if (shape_.xml) {
      TRY(field.path, part.path("at", true, true));
      if (field.path.empty()) return part.wrong("at", "is empty");
      TRY(field.most, part.number("most", 200, 100'000));
      return field;
    }
    CHECK_OK(columnsIn(part, record, field));
    return field;
  }

  Outcome typeIn(const Part& part, DescribedField& field) const {
    constexpr std::pair<std::string_view, FieldType> types[] = {
        {"text", FieldType::text},     {"date", FieldType::date},     {"instant", FieldType::instant},
        {"amount", FieldType::amount}, {"number", FieldType::number}, {"code", FieldType::code},
        {"binary", FieldType::binary}};
    TRY(auto type, part.word("type", false));
    if (type.empty()) type = "text";
    const auto found = std::ranges::find(types, type, [](const auto& each) { return each.first; });
    if (found == std::end(types)) return part.wrong("type", "is no type that we know");
    field.type = found->second;
    if (field.type != FieldType::code) return {};
    const auto* codes = part.object("codes");
    if (!codes || codes->empty() || codes->size() > fields_max) return part.wrong("codes", "is missing");
    for (const auto& [word, code] : *codes) {
      const auto* text = code.if_string();
      if (!text || text->empty() || text->size() > 40)
        return part.wrong("codes", "holds something that is no text");
      field.codes.emplace(std::string(std::string_view(word)), std::string(*text));
    }
    return {};
  }

  Outcome columnsIn(const Part& part, const DescribedRecord& record, DescribedField& field) const {
    if (field.type == FieldType::binary) {
      TRY(field.lines, part.word("lines"));
      if (field.lines.empty() || field.lines.size() > 8)
        return part.wrong("lines", "is not a code of 1 to 8 signs");
      return {};
    }
    TRY(const auto from, part.number("from", 0, columns_max));
    TRY(field.most, part.number("width", 0, columns_max));
    if (field.most == 0 || from <= record.code.size() || from - 1 + field.most > shape_.width)
      return part.wrong("from", "and its width lie outside the line");
    field.from = from - 1;
    TRY(field.right, part.yes("right"));
    TRY(const auto fill, part.word("fill", false));
    if (!fill.empty() && fill != "0" && fill != " ")
      return part.wrong("fill", "is neither a zero nor a blank");
    field.fill = fill.empty() ? ' ' : fill.front();
    return {};
  }

  Description::Shape shape_;
};

}  // namespace

std::string_view Record::value(std::string_view field) const {
  const auto found = values.find(field);
  return found == values.end() ? std::string_view() : std::string_view(found->second);
}

Result<Description> Description::fromJson(std::string_view text) {
  boost::system::error_code error;
  const auto value = text.size() > json_bytes_max ? json::value() : json::parse(text, error);
  const auto* root = error ? nullptr : value.if_object();
  if (!root)
    return fail(ProblemKind::invalid, "description-malformed",
                "The description of the format is not a JSON object of at most 1 MB.");
  TRY(auto shape, ShapeReader().read(*root));
  return Description(std::move(shape));
}

const std::string& Description::id() const {
  return shape_->id;
}
const std::string& Description::title() const {
  return shape_->title;
}
const std::string& Description::modelledOn() const {
  return shape_->modelledOn;
}
bool Description::certified() const {
  return shape_->certified;
}
const std::string& Description::ending() const {
  return shape_->ending;
}
bool Description::has(std::string_view message) const {
  return shape_->messages.contains(message);
}

namespace {

tl::unexpected<Problem> messageUnknown(std::string_view message) {
  return fail(ProblemKind::internal, "described-message-unknown",
              "The format has no message called " + std::string(message) + ".");
}

}  // namespace

Result<std::string> Description::write(std::string_view message, const Record& record) const {
  const auto found = shape_->messages.find(message);
  if (found == shape_->messages.end()) return messageUnknown(message);
  return shape_->xml ? writeXml(*shape_, found->second, record) : writeFixed(*shape_, found->second, record);
}

Result<Record> Description::read(std::string_view message, std::string_view bytes,
                                 const DescribedLimits& limits) const {
  const auto found = shape_->messages.find(message);
  if (found == shape_->messages.end()) return messageUnknown(message);
  if (bytes.size() > limits.bytes)
    return fail(ProblemKind::too_large, "described-file-too-large",
                "The file is larger than " + std::to_string(limits.bytes) + " bytes.");
  return shape_->xml ? readXml(*shape_, found->second, bytes, limits)
                     : readFixed(*shape_, found->second, bytes, limits);
}

}  // namespace postgang::formats
