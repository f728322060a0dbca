#include "flow/question_mail.h"

#include "base/text.h"
#include "channels/recipient.h"
#include "channels/smartmail_settings.h"
#include "flow/progress.h"
#include "formats/format.h"
#include "net/mail.h"
#include "store/blobs.h"

namespace postgang::flow {

namespace {

constexpr std::size_t subject_points_max = 60;  // of each name in it

std::string bounded(std::string_view text) {
  return truncated(collapsed(withoutControls(text)), subject_points_max);
}

}  // namespace

Result<std::optional<store::NewJob>> questionMailJob(const Tools& tools, store::Reader& reader, DocumentId id,
                                                     const std::vector<store::Event>& events,
                                                     const std::string& from, const std::string& question) {
  if (!tools.mailing || !tools.mailing->isOn() || events.empty()) return std::optional<store::NewJob>();
  const auto progress = progressOf(events);
  TRY(const auto bytes, store::blob(reader, progress.digest));
  TRY(const auto reading, formats::readDocument(bytes));
  const auto& document = reading.document;
  TRY(const auto recipient, channels::recipientOf(reader, progress.sender, document::recipientOf(document)));
  TRY(const auto settings,
      channels::smartmailSettingsFor(reader, progress.sender,
                                     recipient.partner ? recipient.partner->identifier : std::string()));
  PlainMail mail;
  mail.to = settings.replyTo.empty() ? document::issuerOf(document).email : settings.replyTo;
  if (!net::isMailAddress(mail.to)) return std::optional<store::NewJob>();
  if (net::isMailAddress(from)) mail.replyTo = from;
  const std::map<std::string, std::string> said = {
      {"number", bounded(document.text(document::Term::BT_1))},
      {"name", bounded(recipient.name.empty() ? from : recipient.name)},
      {"from", from},
      {"question", question},
      {"link", tools.mailing->publicUrl + "/documents/" + id.text()}};
  const auto& texts = Texts::of(mail.language);
  mail.subject = texts.sentence("questionMail.subject", said);
  mail.text = texts.sentence("questionMail.asked", said) + "\n\n" + question + "\n\n" +
              texts.sentence(mail.replyTo.empty() ? "questionMail.noAnswer" : "questionMail.answer", said) +
              "\n" + texts.sentence("questionMail.open", said) + "\n";
  mail.messageId = "question." + id.text() + "." + std::to_string(events.back().sequence + 1);
  return std::optional(plainMailJob(mail, progress.sender, tools.clock.now()));
}

}  // namespace postgang::flow
