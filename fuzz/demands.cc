// Any bytes as a filter's rules: refused with problems, or demands that are written and read again as the
// same, compiled, and held against documents without and with something in them.
//
//   cmake --preset fuzz && ninja -C build/fuzz fuzz_demands && build/fuzz/fuzz_demands -max_total_time=60
//   FOLDER-OF-DEMANDS
#include <boost/json.hpp>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "document/business_document.h"
#include "rules/check.h"
#include "rules/demand_json.h"
#include "rules/filter.h"
#include "tests/rules/lookups.h"

namespace {

using namespace postgang;

void demand(bool holds) {
  if (!holds) std::abort();
}

const document::BusinessDocument& someInvoice() {
  using document::Group;
  using document::Term;
  static const auto made = [] {
    document::Builder builder(document::Kind::invoice);
    builder.add(Term::BT_1, "4711");
    builder.add(Term::BT_2, "2026-11-23");
    builder.add(Term::BT_5, "SEK");
    builder.add(Term::BT_13, "45123456");
    builder.begin(Group::BG_22);
    builder.add(Term::BT_112, "1250.00", "SEK");
    builder.end();
    builder.begin(Group::BG_25);
    builder.add(Term::BT_126, "1");
    builder.add(Term::BT_131, "1000.00", "SEK");
    builder.end();
    return std::move(builder).build();
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto reading = rules::parseDemands(text);
  demand(reading.problems.size() <= 50);
  if (!reading.problems.empty()) return 0;
  const auto written = boost::json::serialize(rules::toJson(reading.demands));
  const auto again = rules::parseDemands(written);
  demand(again.problems.empty());
  demand(boost::json::serialize(rules::toJson(again.demands)) == written);
  const bool right = rules::problemsOf(reading.demands).empty();
  const auto filter = rules::Filter::compile(std::move(reading.demands));
  demand(right || !filter);
  if (!filter) return 0;
  const rules::KnownLookups lookups;
  const rules::Context context{{}, Date::of(2026, 11, 23), &lookups, {}};
  const auto empty = document::Builder(document::Kind::invoice).build();
  for (const auto* document : {&someInvoice(), &empty})
    demand(filter->evaluate(*document, context).has_value());
  return 0;
}
