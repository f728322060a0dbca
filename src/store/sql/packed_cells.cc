#include "store/sql/packed_cells.h"

#include <algorithm>

namespace postgang::store::sql {
namespace {

constexpr unsigned bits = 7, more = 1U << bits, low = more - 1, sign_bit = 63;

std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> sign_bit);
}

std::int64_t fromZigzag(std::uint64_t number) {
  return static_cast<std::int64_t>((number >> 1) ^ (0 - (number & 1)));
}

}  // namespace

void CellPacker::addNumber(std::uint64_t number) {
  for (; number >= more; number >>= bits) bytes_ += static_cast<char>((number & low) | more);
  bytes_ += static_cast<char>(number);
}

void CellPacker::add(const PackedCell& cell) {
  const auto shared =
      static_cast<std::size_t>(std::ranges::mismatch(last_, cell.counterpart).in1 - last_.begin());
  const auto own = cell.counterpart.substr(shared);
  addNumber(shared);
  addNumber(own.size());
  bytes_ += own;
  addNumber(static_cast<std::uint64_t>(cell.counterpartCompany));
  for (const auto number : cell.numbers) addNumber(zigzag(number));
  last_.resize(shared);
  last_ += own;
  ++cells_;
}

// Most are of one byte.
inline std::uint64_t CellReader::number() {
  if (at_ != end_ && static_cast<unsigned char>(*at_) < more) return static_cast<unsigned char>(*at_++);
  return longNumber();
}

std::uint64_t CellReader::longNumber() {
  std::uint64_t number = 0;
  for (unsigned shift = 0; at_ != end_ && shift <= sign_bit; shift += bits) {
    const auto byte = static_cast<unsigned char>(*at_++);
    number |= static_cast<std::uint64_t>(byte & low) << shift;
    if (byte < more) return number;
  }
  isDamaged_ = true;
  return 0;
}

bool CellReader::next(PackedCell& cell) {
  if (at_ == end_ || isDamaged_) return false;
  const auto shared = number(), own = number();
  if (shared > counterpart_.size() || own > static_cast<std::uint64_t>(end_ - at_)) {
    isDamaged_ = true;
    return false;
  }
  counterpart_.resize(shared);
  counterpart_.append(at_, own);
  at_ += own;
  cell.counterpart = counterpart_;
  cell.counterpartCompany = static_cast<std::int64_t>(number());
  for (auto& one : cell.numbers) one = fromZigzag(number());
  return !isDamaged_;
}

Outcome CellReader::outcome() const {
  if (!isDamaged_) return {};
  return fail(ProblemKind::internal, std::string(cells_damaged),
              "What is counted of counterparts cannot be read.", {}, "Run `postgang admin rebuild`.");
}

}  // namespace postgang::store::sql
