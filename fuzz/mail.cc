// Any bytes at all as a message that has come: refused, or every text of it is UTF-8 and within its bounds.
//
//   cmake --preset fuzz && ninja -C build/fuzz fuzz_mail && build/fuzz/fuzz_mail -max_total_time=60
//   (tests/net/mails is a corpus to begin with)
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "net/bounce_cause.h"
#include "net/mail_reader.h"

using namespace postgang;
using namespace postgang::net;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void mustBeSound(const DeliveryReport& report) {
  must(isUtf8(report.diagnostic) && isUtf8(report.fields) && isUtf8(report.remoteMta));
  must(!bounceCauseOf(report.diagnostic).empty());
}

void mustBeSound(const ReceivedMail& mail) {
  must(isUtf8(mail.subject) && isUtf8(mail.text) && isUtf8(mail.from.name));
  must(mail.text.size() <= MailLimits::text_bytes_max);
  must(mail.from.address.empty() || isMailAddress(mail.from.address));
  must(mail.recipients.size() <= MailLimits::addresses_max);
  for (const auto& recipient : mail.recipients) must(isMailAddress(recipient));
  must(mail.attachments.size() <= MailLimits::attachments_max);
  for (const auto& file : mail.attachments)
    must(isUtf8(file.fileName) && isUtf8(file.mediaType) &&
         file.fileName.find_first_of("/\\\n\r") == std::string::npos);
  for (const auto& report : mail.reports) mustBeSound(report);
  if (const auto guessed = guessedReport(mail)) mustBeSound(*guessed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto mail = readMail(bytes)) mustBeSound(*mail);
  for (const auto& report : readDeliveryStatus(bytes)) mustBeSound(report);
  return 0;
}
