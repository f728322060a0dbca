#include "api/lead_form_token.h"

#include "base/bytes.h"

namespace postgang::api {

namespace {

constexpr std::string_view form_context = "lead-form";

}  // namespace

std::string leadFormToken(const Vault& vault, Instant now) {
  return base64Url(vault.seal(now.text(), form_context));
}

FormAge leadFormAge(const Vault& vault, std::string_view token, Instant now) {
  const auto sealed = fromBase64Url(token);
  if (!sealed) return FormAge::unknown;
  const auto text = vault.unseal(*sealed, form_context);
  const auto opened = text ? Instant::parse(*text) : std::nullopt;
  if (!opened) return FormAge::unknown;
  if (now < opened->plusSeconds(lead_form_seconds_to_write)) return FormAge::fast;
  return now < opened->plusSeconds(lead_form_seconds_max) ? FormAge::good : FormAge::old;
}

}  // namespace postgang::api
