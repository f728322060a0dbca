// A description as its engine has it; for described*.cc.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/described.h"

namespace postgang::formats {

enum class FieldType { text, date, instant, amount, number, code, binary };

struct DescribedField {
  std::string name;
  FieldType type = FieldType::text;
  bool required = false;
  bool cut = false;  // text that is too long is cut off, not refused
  std::size_t most = 0;
  bool compact = false;  // dates 20261124, instants 20261124160000, amounts in hundredths
  std::map<std::string, std::string, std::less<>> codes = {};  // our word → the file's
  std::vector<std::string> path = {};                          // xml: elements; the last may be "@attribute"
  std::size_t from = 0;                                        // fixed: first column, from 0
  bool right = false;                                          // fixed: set to the right, filled with `fill`
  char fill = ' ';
  std::string lines = {};  // fixed, binary: its base64 stands on lines of their own with this code
};

struct DescribedRecord {
  std::string name;
  std::size_t least = 0, most = 1;
  std::string element = {};          // xml
  std::vector<std::string> in = {};  // xml: the elements between it and the record around it
  std::string code = {};             // fixed
  std::vector<DescribedField> fields = {};
  std::vector<DescribedRecord> records = {};
};

struct Description::Shape {
  std::string id, title, modelledOn, ending, space;  // `space`: xml, the namespace
  bool certified = false;
  bool xml = true;
  bool latin = false;     // fixed: ISO 8859-1, else UTF-8
  std::size_t width = 0;  // fixed: of a line
  std::map<std::string, DescribedRecord, std::less<>> messages;
};

// The value as the file has it, from our form, and back; nullopt and `why` where it is not of its type.
std::optional<std::string> fileForm(const DescribedField& field, std::string_view value, std::string& why);
std::optional<std::string> ownForm(const DescribedField& field, std::string_view text, std::string& why);

tl::unexpected<Problem> valueUnfit(std::string_view record, std::string_view field, std::string_view why);
tl::unexpected<Problem> fileMalformed(std::string where, std::string_view why);

Result<std::string> writeXml(const Description::Shape& shape, const DescribedRecord& root,
                             const Record& record);
Result<Record> readXml(const Description::Shape& shape, const DescribedRecord& root, std::string_view bytes,
                       const DescribedLimits& limits);
Result<std::string> writeFixed(const Description::Shape& shape, const DescribedRecord& root,
                               const Record& record);
Result<Record> readFixed(const Description::Shape& shape, const DescribedRecord& root, std::string_view bytes,
                         const DescribedLimits& limits);

// The record's value of a field in the file's form; "" where it has none and need not.
Result<std::string> writtenValue(const DescribedRecord& shape, const DescribedField& field,
                                 const Record& record);
// Each record within `record` is one that the shape knows, and as many as it allows.
Outcome checkCounts(const DescribedRecord& shape, const Record& record, const std::string& where);

}  // namespace postgang::formats
