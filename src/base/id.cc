#include "base/id.h"

#include <cassert>
#include <cstring>

#include "base/bytes.h"

namespace postgang {
namespace {

constexpr std::size_t text_length = 36;
bool hyphenAt(std::size_t i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != text_length) return std::nullopt;
  Uuid id;
  std::size_t nibble = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (hyphenAt(i)) {
      if (text[i] != '-') return std::nullopt;
      continue;
    }
    const int value = hexValue(text[i]);
    if (value < 0) return std::nullopt;
    auto& byte = id.bytes[nibble / 2];
    byte = static_cast<std::uint8_t>((byte << 4) | value);
    ++nibble;
  }
  return id;
}

std::string Uuid::text() const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(text_length);
  for (const std::uint8_t byte : bytes) {
    if (hyphenAt(text.size())) text.push_back('-');
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 15]);
  }
  return text;
}

Uuid Uuid::fromBytes(std::string_view sixteen) {
  assert(sixteen.size() == 16);
  Uuid id;
  std::memcpy(id.bytes.data(), sixteen.data(), id.bytes.size());
  return id;
}

Instant Uuid::createdAt() const {
  std::int64_t millisecond = 0;
  for (std::size_t i = 0; i < 6; ++i) millisecond = (millisecond << 8) | bytes[i];
  return Instant{millisecond * 1'000};
}

IdMaker::IdMaker(const Clock& clock) : clock_(clock) {}
IdMaker::IdMaker(const Clock& clock, std::uint64_t seed) : clock_(clock), seed_(seed) {}

Uuid IdMaker::next() {
  const std::lock_guard lock(mutex_);
  const std::int64_t millisecond = clock_.now().microseconds / 1'000;
  if (millisecond > lastMillisecond_) {
    lastMillisecond_ = millisecond;
    counter_ = 0;
  } else if (++counter_ > 0xfff) {  // more than 4,096 in one millisecond borrow from the next
    ++lastMillisecond_;
    counter_ = 0;
  }
  Uuid id;
  for (std::size_t i = 0; i < 6; ++i)
    id.bytes[i] = static_cast<std::uint8_t>(lastMillisecond_ >> (40 - 8 * static_cast<int>(i)));
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (counter_ >> 8));
  id.bytes[7] = static_cast<std::uint8_t>(counter_);
  const std::uint64_t bits = random();
  std::memcpy(id.bytes.data() + 8, &bits, sizeof bits);
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (id.bytes[8] & 0x3f));
  return id;
}

std::uint64_t IdMaker::random() {
  if (seed_) {  // splitmix64
    *seed_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = *seed_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  const std::string bytes = randomBytes(sizeof(std::uint64_t));
  std::uint64_t bits = 0;
  std::memcpy(&bits, bytes.data(), sizeof bits);
  return bits;
}

}  // namespace postgang

std::size_t std::hash<postgang::Uuid>::operator()(const postgang::Uuid& id) const noexcept {
  // The second half is random; the first keeps ids of one seed apart.
  std::uint64_t halves[2];
  std::memcpy(halves, id.bytes.data(), sizeof halves);
  return static_cast<std::size_t>(halves[0] * 0x9e3779b97f4a7c15ULL ^ halves[1]);
}
