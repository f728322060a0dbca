#include "app/banking.h"

#include <boost/json.hpp>

#include "app/file.h"
#include "base/text.h"
#include "channels/bank_formats.h"
#include "document/identifiers.h"

namespace postgang::app {

namespace {

namespace json = boost::json;

constexpr std::size_t name_points_max = 60, issuer_points_max = 35, companies_max = 10'000,
                      issuers_bytes_max = 4 * 1024 * 1024;

using Issuers = std::map<std::string, std::string, std::less<>>;

Result<Issuers> issuersIn(std::string_view text) {
  const auto malformed = [](std::string why) {
    return fail(ProblemKind::invalid, "bank-issuers-malformed", "--bank-issuers: " + std::move(why),
                "--bank-issuers", "Write an object: a company's identifier, and its id with the banks.");
  };
  if (text.size() > issuers_bytes_max) return malformed("The file is over 4 MB.");
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  const auto* object = error ? nullptr : value.if_object();
  if (!object || object->size() > companies_max) return malformed("The file is not a JSON object.");
  Issuers issuers;
  for (const auto& member : *object) {
    const auto company = document::parseIdentifier(std::string_view(member.key()));
    if (!company) return malformed("A company is named by its identifier, like 0007:5599900015.");
    const auto* issuer = member.value().if_string();
    if (!issuer || issuer->empty() || codePoints(std::string_view(*issuer)) > issuer_points_max)
      return malformed("An issuer's id is a text of at most 35 characters.");
    issuers[company->text()] = std::string(std::string_view(*issuer));
  }
  return issuers;
}

Result<std::shared_ptr<const net::FileDrop>> dropIn(const Settings& settings) {
  if (!settings.isSet("bank-hub")) return nullptr;
  net::DropAccess access;
  access.url = settings.text("bank-hub");
  access.keyFile = settings.text("bank-hub-key");
  if (settings.isSet("bank-hub-host-key")) access.hostKeys = settings.all("bank-hub-host-key");
  TRY(auto drop, net::FileDrop::at(access));
  return std::make_shared<const net::FileDrop>(std::move(drop));
}

}  // namespace

Result<std::shared_ptr<const formats::Description>> readBankFormat(const std::string& given) {
  for (const auto id : channels::builtInBankFormats()) {
    if (given != id) continue;
    TRY(auto format, channels::builtInBankFormat(id));
    return std::make_shared<const formats::Description>(std::move(format));
  }
  TRY(const auto text, readFile(given));
  TRY(auto format, formats::Description::fromJson(text));
  for (const auto* message : {"invoices", "receipt", "answers", "agreements", "agreement-answers"})
    if (!format.has(message))
      return fail(ProblemKind::invalid, "description-malformed",
                  "The format's description has no message called " + std::string(message) + ".", given);
  return std::make_shared<const formats::Description>(std::move(format));
}

std::vector<Setting> bankSettings() {
  return {
      {"bank-hub", "",
       "where invoices to internet banks are handed over: sftp://user@host:port/path or file:///path", "URL"},
      {"bank-hub-name", "Bankerna", "what the bank hub is called", "NAME"},
      {"bank-hub-key", "", "sftp: the private key to sign in with", "FILE"},
      {"bank-hub-host-key", "",
       "sftp: the server's key, as ssh-keygen -l prints it; may be given several times", "SHA256"},
      {"bank-format", "bank-xml", "the hub's format: bank-xml, bank-fixed, or a file (docs/bank-hub.md)",
       "FORMAT"},
      {"bank-issuers", "", "companies' ids with the banks (docs/bank-hub.md); else organisation numbers",
       "FILE"},
      {"bank-every", "15", "how often invoices leave for the banks", "MINUTES"}};
}

Result<channels::Banking> readBanking(const Settings& settings) {
  channels::Banking banking;
  TRY(banking.drop, dropIn(settings));
  if (!banking.drop) return banking;
  TRY(banking.format, readBankFormat(settings.text("bank-format")));
  const auto given = settings.text("bank-hub-name");
  banking.hub = collapsed(withoutControls(given));
  if (banking.hub.empty() || codePoints(banking.hub) > name_points_max)
    return fail(ProblemKind::invalid, "bank-hub-name-invalid",
                "--bank-hub-name is a name of at most 60 characters.", "--bank-hub-name");
  TRY(const auto every, settings.number("bank-every"));
  if (every < 1 || every > 1440)
    return fail(ProblemKind::invalid, "setting-out-of-range", "--bank-every is from 1 to 1440.");
  banking.everyMinutes = static_cast<int>(every);
  if (settings.isSet("bank-issuers")) {
    TRY(const auto text, readFile(settings.text("bank-issuers")));
    TRY(banking.issuers, issuersIn(text));
  }
  return banking;
}

}  // namespace postgang::app
