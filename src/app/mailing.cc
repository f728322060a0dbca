#include "app/mailing.h"

#include "base/text.h"
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
                "With --smtp, --public-url says where people reach this server: links in mail begin with it.",
                "--public-url", "Give it like https://faktura.example.com.");
  return url;
}

}  // namespace

std::vector<Setting> mailSettings() {
  return {
      {"smtp", "", "the mail server for notices: smtp://host:25, smtps://host:465", "URL"},
      {"smtp-user", "", "its user, where it asks; the connection must then be secret and genuine", "NAME"},
      {"smtp-password", "", "and password: best given as POSTGANG_SMTP_PASSWORD", "TEXT"},
      {"smtp-require-tls", "false", "send nothing over a connection that is not secret and genuine", ""},
      {"mail-from", "", "the address that notices come from, and where bounces go", "ADDRESS"},
      {"public-url", "", "where people reach this server; what links in mail begin with", "URL"},
      {"imap", "", "the mailbox of --mail-from and its +addresses: imaps://host:993, imap://host:143", "URL"},
      {"imap-user", "", "its user", "NAME"},
      {"imap-password", "", "and password: best given as POSTGANG_IMAP_PASSWORD", "TEXT"},
      {"imap-every", "30", "how often it is read, 1 to 3600", "SECONDS"}};
}

Result<channels::Mailing> readMailing(const Settings& settings) {
  channels::Mailing mailing;
  if (!settings.isSet("smtp")) return mailing;
  net::SmtpServer server;
  server.url = settings.text("smtp");
  server.user = settings.text("smtp-user");
  server.password = settings.text("smtp-password");
  server.requireTls = settings.yes("smtp-require-tls");
  CHECK_OK(net::checkSmtpServer(server));
  mailing.from = settings.text("mail-from");
  if (!net::isMailAddress(mailing.from))
    return fail(ProblemKind::invalid, "mail-from-invalid",
                "With --smtp, --mail-from says which address notices come from.", "--mail-from",
                "Give it like retur@example.com.");
  TRY(mailing.publicUrl, publicUrl(settings));
  mailing.send = [server](const net::Envelope& envelope, std::string_view message) {
    return net::sendMail(server, envelope, message);
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
