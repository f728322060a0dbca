#include "store/sql/chain.h"

#include <string>

namespace postgang::store::sql {
namespace {

void appendBigEndian(std::string& out, std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>((bits >> shift) & 0xFF);
}

}  // namespace

Digest chained(const Digest& previous, DocumentId document, std::int64_t sequence, Instant at,
               std::string_view type, const Digest& payloadDigest) {
  std::string header = "postgang-event-1\n";
  header += document.view();
  appendBigEndian(header, sequence);
  appendBigEndian(header, at.microseconds);
  header += type;
  return sha256({view(previous), header, view(payloadDigest)});
}

}  // namespace postgang::store::sql
