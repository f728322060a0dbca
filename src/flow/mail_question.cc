// A person answers a Smartmail: a question to its sender.
#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/text.h"
#include "flow/mail_plan.h"
#include "flow/question_mail.h"
#include "store/blobs.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::size_t question_codePoints_max = 2000;
constexpr int questions_max = 20;  // of one delivery: beyond that somebody only fills the timeline

// Where the message begins that it answers.
bool beginsQuoted(std::string_view line) {
  const auto text = folded(trimmed(line));
  if (text.starts_with(">") || text.starts_with("-----original") || text.starts_with("________")) return true;
  const bool isHead = text.starts_with("fran: ") || text.starts_with("from: ");
  return isHead || ((text.starts_with("den ") || text.starts_with("on ")) &&
                    (text.ends_with("skrev:") || text.ends_with("wrote:")));
}

std::string questionIn(const net::ReceivedMail& mail) {
  std::string own;
  for (const auto line : split(mail.text, '\n')) {
    if (beginsQuoted(line)) break;
    own.append(trimmed(line)).append("\n");
  }
  auto question = trimmed(own).empty() ? std::string(trimmed(mail.text)) : std::string(trimmed(own));
  if (question.empty()) question = mail.subject;
  return truncated(question, question_codePoints_max);
}

}  // namespace

Result<MailPlan> planQuestion(const Tools& tools, store::Reader& reader, const Addressee& addressee,
                              const net::ReceivedMail& mail, std::string_view bytes) {
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), addressee.document));
  const auto asked = std::ranges::count_if(events, [&](const auto& event) {
    const auto* fact = std::get_if<store::SmartmailFact>(&event.fact);
    return fact && event.type == store::EventType::asked && fact->delivery == addressee.delivery;
  });
  store::SmartmailFact fact;
  fact.delivery = addressee.delivery;
  fact.recipient = addressee.recipient;
  fact.detail = questionIn(mail);
  fact.message = sha256(bytes);
  if (events.empty() || asked >= questions_max || fact.detail.empty()) return MailPlan{};
  const auto who = mail.from.address.empty() ? addressee.recipient : mail.from.address;
  TRY(const auto told, questionMailJob(tools, reader, addressee.document, events, who, fact.detail));
  std::vector<store::NewJob> jobs;
  if (told) jobs.push_back(*told);
  return MailPlan{
      MailMeaning::question,
      [document = addressee.document, sequence = events.back().sequence, fact, who, jobs,
       compressed = compress(bytes),
       size = static_cast<std::int64_t>(bytes.size())](store::Transaction& tx) -> Outcome {
        CHECK_OK(store::putBlob(tx, *fact.message, compressed, size));
        return store::append(tx, document, sequence, {{store::EventType::asked, mailActor(who), fact}}, jobs);
      }};
}

}  // namespace postgang::flow
