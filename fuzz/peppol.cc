// Any bytes as what comes by Peppol, an envelope or an answer: refused, or read, and what is read and keeps
// the rules is written and read again as the same.
//
//   cmake --preset fuzz && ninja -C build/fuzz fuzz_peppol && build/fuzz/fuzz_peppol -max_total_time=60
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/invoice_response.h"
#include "formats/mls.h"
#include "formats/sbdh.h"

namespace {

using namespace postgang;
using namespace postgang::formats;

void must(bool holds) {
  if (!holds) std::abort();
}

void envelope(const xml::Tree& tree) {
  const auto read = readSbdh(tree);
  if (!read || read->mediaType != "application/xml") return;
  const auto written = writeSbdh(read->header, read->payload);
  must(written.has_value());
  const auto again = readSbdh(*written);
  must(again && again->payload == read->payload && again->header.sender == read->header.sender &&
       again->header.documentType == read->header.documentType &&
       again->header.others == read->header.others);
}

void answers(const xml::Tree& tree) {
  if (const auto mls = readMls(tree); mls && !mls->isMlr && checkMls(*mls)) {
    const auto written = writeMls(*mls);
    must(written.has_value());
    const auto again = readMls(*written);
    must(again && again->result == mls->result && again->issues.size() == mls->issues.size());
  }
  if (const auto response = readInvoiceResponse(tree); response && checkInvoiceResponse(*response)) {
    const auto written = writeInvoiceResponse(*response);
    must(written.has_value());
    const auto again = readInvoiceResponse(*written);
    must(again && again->status == response->status &&
         again->clarifications.size() == response->clarifications.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tree = xml::parse({reinterpret_cast<const char*>(data), size});
  if (!tree) return 0;
  envelope(*tree);
  answers(*tree);
  return 0;
}
