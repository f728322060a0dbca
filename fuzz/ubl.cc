// Bytes as a file: whatever is read can be written, read again as the same, kept in the compact form and
// asked for its header facts. Bytes as a compact form: refused, or a document that stays the same.
//
//   cmake --preset fuzz && ninja -C build/fuzz fuzz_ubl && build/fuzz/fuzz_ubl -max_total_time=60
//   FOLDER-OF-INVOICES
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "document/header_facts.h"
#include "document/listing.h"
#include "formats/format.h"

namespace {

using namespace postgang;
using namespace postgang::document;

void demand(bool holds) {
  if (!holds) std::abort();
}

void checkForm(const BusinessDocument& document) {
  const auto form = document.serialized();
  const auto restored = BusinessDocument::restored(form);
  demand(restored.has_value());
  demand(restored->serialized() == form);
  demand(listing(*restored) == listing(document));
}

void checkFile(const BusinessDocument& document) {
  const auto file = formats::writeDocument(document, "ubl-invoice");
  demand(file.has_value());
  const auto again = formats::readDocument(*file);
  demand(again.has_value());
  demand(listing(again->document, ListedExtras::no) == listing(document, ListedExtras::no));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto reading = formats::readDocument(bytes)) {
    checkFile(reading->document);
    checkForm(reading->document);
    headerFactsOf(reading->document);
    lineTextsOf(reading->document);
  }
  if (const auto restored = BusinessDocument::restored(bytes)) {
    checkForm(*restored);
    headerFactsOf(*restored);
  }
  return 0;
}
