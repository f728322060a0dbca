// UUIDv7 (RFC 9562): ids that sort by the time they were made. 48 bits of milliseconds, 12 bits of a counter
// within the millisecond, 62 random bits.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace postgang {

struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  static std::optional<Uuid> parse(std::string_view text);  // 36 characters, any case
  std::string text() const;                                 // lower case with hyphens
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
  static Uuid fromBytes(std::string_view sixteen);  // asserts the length
  Instant createdAt() const;                        // to the millisecond
  bool isNil() const { return bytes == std::array<std::uint8_t, 16>{}; }
  friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

// An id of one noun cannot be passed where another's is asked for.
template <typename Noun>
struct Id : Uuid {
  Id() = default;
  explicit Id(const Uuid& uuid) : Uuid(uuid) {}
  static std::optional<Id> parse(std::string_view text) {
    auto uuid = Uuid::parse(text);
    return uuid ? std::optional<Id>(Id(*uuid)) : std::nullopt;
  }
  friend auto operator<=>(const Id&, const Id&) = default;
};
using DocumentId = Id<struct DocumentNoun>;
using DeliveryId = Id<struct DeliveryNoun>;
using UserId = Id<struct UserNoun>;
using KeyId = Id<struct KeyNoun>;
using JobId = Id<struct JobNoun>;
using RememberedId = Id<struct RememberedNoun>;
using SessionId = Id<struct SessionNoun>;
using InvitationId = Id<struct InvitationNoun>;
using WebhookId = Id<struct WebhookNoun>;
using MessageId = Id<struct MessageNoun>;  // one notice to one webhook
using ImportId = Id<struct ImportNoun>;
using ArchiveId = Id<struct ArchiveNoun>;

// Companies are few and referred to from every row, so they are numbered: small keys keep the indexes small.
struct CompanyId {
  std::int64_t value = 0;
  friend auto operator<=>(const CompanyId&, const CompanyId&) = default;
};

// Makes ids, monotonic within this process. Random bits come from the system, or from a seed (demo,
// simulator).
class IdMaker {
 public:
  explicit IdMaker(const Clock& clock);
  IdMaker(const Clock& clock, std::uint64_t seed);
  Uuid next();
  template <typename T>
  T next() {
    return T(next());
  }

 private:
  std::uint64_t random();
  const Clock& clock_;
  std::mutex mutex_;
  std::optional<std::uint64_t> seed_;
  std::int64_t lastMillisecond_ = -1;
  std::uint32_t counter_ = 0;
};

}  // namespace postgang

template <>
struct std::hash<postgang::Uuid> {
  std::size_t operator()(const postgang::Uuid& id) const noexcept;
};
template <typename Noun>
struct std::hash<postgang::Id<Noun>> : std::hash<postgang::Uuid> {};
