#include "access/id_token.h"

#include <algorithm>
#include <optional>

#include "access/manage.h"
#include "base/bytes.h"
#include "base/text.h"

namespace postgang::access {

namespace json = boost::json;

namespace {

constexpr std::size_t subject_bytes_max = 255, name_points_max = 200;
constexpr std::int64_t seconds_max = 1LL << 40;

tl::unexpected<Problem> notGenuine(std::string detail) {
  return fail(ProblemKind::unauthenticated, "identity-refused", std::move(detail), {},
              "Begin again; if it goes wrong once more, tell whoever looks after your company's sign-in.");
}

std::string textAt(const json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

// A NumericDate (RFC 7519, 2), which may have a fraction of a second.
std::optional<Instant> instantAt(const json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  if (!value || !value->is_number()) return std::nullopt;
  std::int64_t seconds = -1;
  if (value->is_int64())
    seconds = value->get_int64();
  else if (value->is_uint64())
    seconds =
        static_cast<std::int64_t>(std::min(value->get_uint64(), static_cast<std::uint64_t>(seconds_max) + 1));
  else if (value->get_double() > 0 && value->get_double() < 1e12)
    seconds = static_cast<std::int64_t>(value->get_double());
  if (seconds < 0 || seconds > seconds_max) return std::nullopt;
  return Instant{seconds * 1'000'000};
}

bool isFor(const json::object& claims, std::string_view clientId, std::size_t& audiences) {
  const auto* value = claims.if_contains("aud");
  if (!value) return false;
  if (value->is_string()) {
    audiences = 1;
    return value->get_string() == clientId;
  }
  if (!value->is_array()) return false;
  audiences = value->get_array().size();
  return std::ranges::any_of(value->get_array(), [&](const json::value& each) {
    return each.is_string() && each.get_string() == clientId;
  });
}

Outcome checkAudience(const json::object& claims, std::string_view clientId) {
  std::size_t audiences = 0;
  if (!isFor(claims, clientId, audiences)) return notGenuine("The token is for somebody else (aud).");
  const bool saysParty = claims.contains("azp");
  if ((audiences > 1 && !saysParty) || (saysParty && textAt(claims, "azp") != clientId))
    return notGenuine("The token was made for somebody else (azp).");
  return {};
}

Outcome checkTimes(const json::object& claims, const ExpectedToken& expected) {
  const auto ends = instantAt(claims, "exp"), made = instantAt(claims, "iat");
  if (!ends || *ends <= expected.now.plusSeconds(-token_leeway_seconds))
    return notGenuine("The token has ended (exp).");
  if (!made || *made > expected.now.plusSeconds(token_leeway_seconds) ||
      *made < expected.begun.plusSeconds(-token_leeway_seconds))
    return notGenuine("The token was not made for this sign-in (iat): do the clocks agree?");
  if (!claims.contains("nbf")) return {};
  const auto begins = instantAt(claims, "nbf");
  if (!begins || *begins > expected.now.plusSeconds(token_leeway_seconds))
    return notGenuine("The token does not hold yet (nbf).");
  return {};
}

// Core 1.0, 3.1.3.6: the left half of the digest; the algorithms here are all of SHA-256.
bool isOfToken(const json::object& claims, std::string_view accessToken) {
  if (!claims.contains("at_hash") || accessToken.empty()) return true;
  const auto digest = sha256(accessToken);
  return equalInConstantTime(textAt(claims, "at_hash"), base64Url(view(digest).substr(0, 16)));
}

bool isYes(const json::object& claims, std::string_view name) {
  const auto* value = claims.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

}  // namespace

Outcome checkIdToken(const json::object& claims, const ExpectedToken& expected) {
  if (textAt(claims, "iss") != expected.issuer) return notGenuine("The token is of another issuer (iss).");
  CHECK_OK(checkAudience(claims, expected.clientId));
  CHECK_OK(checkTimes(claims, expected));
  if (!equalInConstantTime(textAt(claims, "nonce"), expected.nonce))
    return notGenuine("The token belongs to another sign-in (nonce).");
  if (!isOfToken(claims, expected.accessToken))
    return notGenuine("The token does not belong to what came with it (at_hash).");
  const auto subject = textAt(claims, "sub");
  const bool plain =
      std::ranges::none_of(subject, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
  if (subject.empty() || subject.size() > subject_bytes_max || !plain || !isUtf8(subject))
    return notGenuine("The token does not say who it is (sub).");
  return {};
}

Identity identityIn(const json::object& claims) {
  Identity identity;
  identity.subject = textAt(claims, "sub");
  identity.name = truncated(collapsed(withoutControls(textAt(claims, "name"))), name_points_max);
  const auto email = lowered(trimmed(textAt(claims, "email")));
  if (looksLikeEmail(email) && (isYes(claims, "email_verified") || isYes(claims, "xms_edov")))
    identity.email = email;
  return identity;
}

}  // namespace postgang::access
