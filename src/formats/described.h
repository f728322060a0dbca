// Files whose shape is a description in data (docs/bank-hub.md): records within records, each with fields,
// written and read by one small engine. Two kinds: `xml`, where a record is an element and a field a path
// below it, and `fixed`, where a record is a line that begins with its code and a field a range of columns.
//
// The engine knows no bank. What a record says is a text by its field's name, in one form whatever the file
// writes: dates 2026-11-24, instants 2026-11-24T16:00:00Z, amounts 1234.50, codes by our own word, binary
// fields the bytes themselves. Everything read is hostile: sizes, counts and every value are checked, and
// what is wrong is a Problem with its place.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang::formats {

struct Record {
  std::string name;
  std::map<std::string, std::string, std::less<>> values = {};  // those that are there
  std::vector<Record> records = {};                             // within it, in the order of the file

  std::string_view value(std::string_view field) const;  // "" when absent
};

struct DescribedLimits {
  std::size_t bytes = 8 * 1024 * 1024;  // of the file
  std::size_t records = 50'000;
};

class Description {
 public:
  // Code description-malformed (invalid; `where` is a JSON pointer).
  static Result<Description> fromJson(std::string_view json);

  const std::string& id() const;          // "bank-xml"
  const std::string& title() const;       // what it is called among people
  const std::string& modelledOn() const;  // the published description that it follows, in part
  bool certified() const;                 // somebody has said that it is right, says the description
  const std::string& ending() const;      // of its files: ".xml"
  bool has(std::string_view message) const;

  // Codes: described-message-unknown (internal), described-value-unfit (invalid; parameters record, field,
  // why): a value that is missing, too long or not of its type.
  Result<std::string> write(std::string_view message, const Record& record) const;
  // Codes: described-file-malformed (invalid; `where` the line or element), described-file-too-large
  // (too_large), described-message-unknown.
  Result<Record> read(std::string_view message, std::string_view bytes,
                      const DescribedLimits& limits = {}) const;

  struct Shape;  // described_shape.h

 private:
  explicit Description(std::shared_ptr<const Shape> shape) : shape_(std::move(shape)) {}
  std::shared_ptr<const Shape> shape_;
};

}  // namespace postgang::formats
