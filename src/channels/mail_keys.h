// What a Smartmail carries that nobody can guess: the token of its recipient's link, and the key in the
// address that its mail comes back to (VERP): "retur+b-5hnc2wjd7kqev4tm8xp03rgbya@postgang.example" of a
// house whose mail is from retur@postgang.example.
//
// Letters and digits of Crockford's base 32, small: they can be read out and typed, and mail servers that
// fold case do no harm.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace postgang::channels {

// 160 bits, "8k2mq4tx-9rwp5hnc-2wjd7kqe-v4tm0abc"; kept as its digest only.
std::string newPageToken();
Digest pageTokenDigest(std::string_view token);  // SHA-256 of the token as it stands in the link

inline constexpr std::size_t bounce_key_letters = 26;  // 130 bits
// What the local part of the house's address may have, so that the key still fits (RFC 5321: 64).
inline constexpr std::size_t verp_local_max = 64 - bounce_key_letters - 3;

std::string newBounceKey();
// The envelope's sender for this key. `from` is the house's own address.
std::string verpAddress(std::string_view from, std::string_view key);
// Where answers to a ticket's mails go: "retur+t-5hnc…@postgang.example".
std::string ticketAddress(std::string_view from, std::string_view key);
// The key in an address that something came to; nullopt where it has none. Whatever the case.
std::optional<std::string> bounceKeyIn(std::string_view address);

}  // namespace postgang::channels
