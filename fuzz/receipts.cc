// Any bytes at all as a print house's receipts: refused, or the same once written and read again.
//
//   cmake --preset fuzz && ninja -C build/fuzz fuzz_receipts && build/fuzz/fuzz_receipts -max_total_time=60
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "channels/print_batch.h"

using namespace postgang::channels;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto read = readReceipts(bytes)) {
    const auto written = writeReceipts(*read);
    const auto again = readReceipts(written);
    if (!again || writeReceipts(*again) != written) std::abort();
  }
  receiptsNameOf(bytes);
  return 0;
}
