#include "app/mailing.h"

#include <algorithm>
#include <map>

#include "app/file.h"
#include "base/text.h"
#include "channels/mail_keys.h"
#include "net/dkim.h"
#include "net/mail.h"
#include "net/smtp_client.h"

namespace postgang::app {

namespace {

Result<std::string> publicUrl(const Settings& settings) {
  auto url = settings.text("public-url");
  while (url.ends_with('/')) url.pop_back();
  const bool isWeb = url.starts_with("https://") || url.starts_with("http://");
  if (!isWeb || withoutControls(url) != url || url.find_first_of(" \"<>?#") != std::string::npos)
    return fail(ProblemKind::invalid, "public-url-invalid",
                "--public-url says where people reach this server: links in mail begin with it.",
                "--public-url", "Give it like https://faktura.example.com.");
  return url;
}

// Where bounces come back to is a longer address: the key of one mail is put into it.
Result<std::string> mailFrom(const Settings& settings) {
  auto from = settings.text("mail-from");
  const auto invalid = [](std::string detail) {
    return fail(ProblemKind::invalid, "mail-from-invalid", std::move(detail), "--mail-from",
                "Give it like retur@example.com.");
  };
  if (!net::isMailAddress(from))
    return invalid("With --smtp, --mail-from says which address mail comes from.");
  if (from.find('@') > channels::verp_local_max)
    return invalid("--mail-from has at most " + std::to_string(channels::verp_local_max) +
                   " characters before the @.");
  return from;
}

Result<std::string> supportAddress(const Settings& settings) {
  const auto address = lowered(settings.text("support-address"));
  if (address.empty() || net::isMailAddress(address)) return address;
  return fail(ProblemKind::invalid, "support-address-invalid", "--support-address is one e-mail address.",
              "--support-address", "Give it like support@example.com.");
}

// One word of those that are no syntax in the field.
Result<std::string> authservId(const Settings& settings) {
  constexpr std::size_t bytes_max = 253;
  const auto id = lowered(settings.text("mail-authserv-id"));
  const auto isWord = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  };
  if (id.size() <= bytes_max && std::ranges::all_of(id, isWord)) return id;
  return fail(ProblemKind::invalid, "mail-authserv-id-invalid",
              "--mail-authserv-id is one name: letters, digits, dots, hyphens.", "--mail-authserv-id",
              "Give it as it stands first in the Authentication-Results of what your mail server takes in.");
}

// Which server takes mail for which domain.
struct Routes {
  net::SmtpServer otherwise;
  std::map<std::string, net::SmtpServer, std::less<>> byDomain;

  const net::SmtpServer& serverFor(std::string_view address) const {
    const auto found = byDomain.find(lowered(net::domainOf(address)));
    return found == byDomain.end() ? otherwise : found->second;
  }
  // "mail.example:25": lanes and their breakers go by this.
  std::string hostFor(std::string_view address) const {
    auto url = serverFor(address).url;
    if (const auto scheme = url.find("://"); scheme != std::string::npos) url.erase(0, scheme + 3);
    while (url.ends_with('/')) url.pop_back();
    return lowered(url);
  }
};

Result<Routes> routesIn(const Settings& settings) {
  Routes routes;
  auto& server = routes.otherwise;
  server.url = settings.text("smtp");
  server.user = settings.text("smtp-user");
  server.password = settings.text("smtp-password");
  server.requireTls = settings.yes("smtp-require-tls");
  CHECK_OK(net::checkSmtpServer(server));
  if (!settings.isSet("smtp-route")) return routes;
  for (const auto& route : settings.all("smtp-route")) {
    const auto equals = route.find('=');
    const auto domain = lowered(route.substr(0, equals));
    if (equals == std::string::npos || !net::isMailAddress("a@" + domain))
      return fail(ProblemKind::invalid, "smtp-route-invalid", "A route is a domain and its server.",
                  "--smtp-route", "Give it like mejl.example=smtp://mx.mejl.example:25.");
    net::SmtpServer own;
    own.url = route.substr(equals + 1);
    own.requireTls = server.requireTls;
    CHECK_OK(net::checkSmtpServer(own));
    routes.byDomain[domain] = std::move(own);
  }
  return routes;
}

Result<std::optional<net::DkimSigner>> signerIn(const Settings& settings, const std::string& from) {
  if (!settings.isSet("dkim-key")) return std::optional<net::DkimSigner>();
  TRY(const auto key, readFile(settings.text("dkim-key")));
  const auto domain = settings.isSet("dkim-domain") ? settings.text("dkim-domain") : net::domainOf(from);
  TRY(auto signer, net::DkimSigner::make(domain, settings.text("dkim-selector"), key));
  return std::optional(std::move(signer));
}

}  // namespace

std::vector<Setting> mailSettings() {
  return {
      {"smtp", "", "the mail server that mail leaves by: smtp://host:25, smtps://host:465", "URL"},
      {"smtp-user", "", "its user, where it asks; the connection must then be secret and genuine", "NAME"},
      {"smtp-password", "", "and password: best given as POSTGANG_SMTP_PASSWORD", "TEXT"},
      {"smtp-require-tls", "false", "send nothing over a connection that is not secret and genuine", ""},
      {"smtp-route", "", "another server for one domain's mail; may be given several times", "DOMAIN=URL"},
      {"mail-from", "", "the address that mail comes from, and where bounces go", "ADDRESS"},
      {"support-address", "", "an address whose mail becomes tickets, forwarded to the mailbox of --imap",
       "ADDRESS"},
      {"mail-authserv-id", "",
       "the name under which your mail server says in Authentication-Results who a mail is from", "NAME"},
      {"public-url", "", "where people reach this server; what links in mail begin with", "URL"},
      {"imap", "", "the mailbox of --mail-from and its +addresses: imaps://host:993, imap://host:143", "URL"},
      {"imap-user", "", "its user", "NAME"},
      {"imap-password", "", "and password: best given as POSTGANG_IMAP_PASSWORD", "TEXT"},
      {"imap-every", "30", "how often it is read, 1 to 3600", "SECONDS"},
      {"dkim-key", "", "the private key that mail is signed with, PEM: RSA from 2048 bits, or Ed25519",
       "FILE"},
      {"dkim-selector", "postgang", "its name in the DNS: <selector>._domainkey.<domain>", "NAME"},
      {"dkim-domain", "", "the domain that signs; else that of --mail-from", "DOMAIN"}};
}

Result<std::string> readPublicUrl(const Settings& settings) {
  return settings.isSet("public-url") ? publicUrl(settings) : std::string();
}

Result<channels::Mailing> readMailing(const Settings& settings) {
  channels::Mailing mailing;
  if (!settings.isSet("smtp")) return mailing;
  TRY(auto routes, routesIn(settings));
  TRY(mailing.from, mailFrom(settings));
  TRY(mailing.supportAddress, supportAddress(settings));
  TRY(mailing.authservId, authservId(settings));
  TRY(mailing.publicUrl, publicUrl(settings));
  TRY(auto signer, signerIn(settings, mailing.from));
  const auto shared = std::make_shared<const Routes>(std::move(routes));
  mailing.send = [shared](const net::Envelope& envelope, std::string_view message) {
    const auto first = envelope.recipients.empty() ? std::string() : envelope.recipients.front();
    return net::sendMail(shared->serverFor(first), envelope, message);
  };
  mailing.hostOf = [shared](std::string_view address) { return shared->hostFor(address); };
  if (signer)
    mailing.sign = [signer = std::move(*signer)](const std::string& message, Instant now) {
      return signer.sign(message, now);
    };
  return mailing;
}

Result<std::optional<flow::MailboxSettings>> readMailbox(const Settings& settings,
                                                         const channels::Mailing& mailing) {
  constexpr std::int64_t every_max = 3600;
  if (!settings.isSet("imap")) return std::nullopt;
  if (!mailing.isOn())
    return fail(ProblemKind::invalid, "imap-without-smtp",
                "With --imap, --smtp and --mail-from say whose mail comes back there.", "--imap",
                "Give --smtp, too.");
  flow::MailboxSettings mailbox;
  mailbox.account.url = settings.text("imap");
  mailbox.account.user = settings.text("imap-user");
  mailbox.account.password = settings.text("imap-password");
  CHECK_OK(net::checkImapAccount(mailbox.account));
  TRY(const auto every, settings.number("imap-every"));
  if (every < 1 || every > every_max)
    return fail(ProblemKind::invalid, "setting-out-of-range", "--imap-every is from 1 to 3600.");
  mailbox.every_seconds = static_cast<int>(every);
  return mailbox;
}

}  // namespace postgang::app
