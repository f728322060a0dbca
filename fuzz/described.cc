// Any bytes as a description of a format, and any bytes as a file of one: refused, or read; and what is read
// is written and read again as the same.
//
//   cmake --preset fuzz && ninja -C build/fuzz fuzz_described && build/fuzz/fuzz_described -max_total_time=60
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/described.h"

namespace {

using namespace postgang::formats;

void must(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view as_xml = R"({"id": "x", "title": "x", "modelledOn": "nothing", "kind": "xml",
  "ending": ".xml", "namespace": "urn:x", "messages": {"m": {"name": "m", "element": "m", "fields": [
  {"name": "a", "at": "a/@b", "most": 20}, {"name": "d", "at": "a/d", "type": "date"}], "records": [
  {"name": "r", "element": "r", "in": "list", "most": 9, "fields": [{"name": "n", "at": "n", "type": "amount",
  "required": true}, {"name": "c", "at": "c", "type": "binary"}]}]}}})";
constexpr std::string_view as_columns = R"({"id": "x", "title": "x", "modelledOn": "nothing", "kind": "fixed",
  "ending": ".txt", "encoding": "iso-8859-1", "width": 40, "messages": {"m": {"name": "m", "code": "1",
  "fields": [{"name": "a", "from": 2, "width": 20}, {"name": "d", "from": 22, "width": 8, "type": "date",
  "compact": true}], "records": [{"name": "r", "code": "2", "most": 9, "fields": [{"name": "n", "from": 2,
  "width": 12, "type": "amount", "compact": true, "right": true, "fill": "0", "required": true},
  {"name": "c", "type": "binary", "lines": "3"}]}]}}})";

bool same(const Record& a, const Record& b) {
  if (a.name != b.name || a.values != b.values || a.records.size() != b.records.size()) return false;
  for (std::size_t i = 0; i < a.records.size(); ++i)
    if (!same(a.records[i], b.records[i])) return false;
  return true;
}

// Text may hold a sign that the file has no room for, so a refusal to write is not a fault.
void readAgain(const Description& format, std::string_view bytes) {
  const auto read = format.read("m", bytes);
  if (!read) return;
  const auto written = format.write("m", *read);
  if (!written) return;
  const auto again = format.read("m", *written);
  must(again && same(*read, *again));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto xml = Description::fromJson(as_xml).value();
  static const auto columns = Description::fromJson(as_columns).value();
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  readAgain(xml, bytes);
  readAgain(columns, bytes);
  if (const auto description = Description::fromJson(bytes); description && description->has("m"))
    (void)description->read("m", bytes);
  return 0;
}
