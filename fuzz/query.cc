// Any text as what is typed into the search box: refused with a place in it, or read as conditions within
// their limits, and the same each time.
//
//   cmake --preset fuzz && ninja -C build/fuzz fuzz_query && build/fuzz/fuzz_query -max_total_time=60
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "insight/query_language.h"

namespace {

using namespace postgang;

void demand(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto today = Date::of(2026, 11, 18);
  const auto query = insight::readQuery(text, today), again = insight::readQuery(text, today);
  demand(query.has_value() == again.has_value());
  if (!query) {
    demand(query.error().kind == ProblemKind::invalid && query.error().where.starts_with("query"));
    return 0;
  }
  demand(query->text == again->text && query->terms.size() == again->terms.size());
  demand(query->terms.size() <= store::entry_terms_max && query->text.size() <= size + 400);
  return 0;
}
