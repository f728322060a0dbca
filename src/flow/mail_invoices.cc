// A supplier's invoices as attachments: handed in as if the company itself had done it, each by itself.
#include <algorithm>
#include <memory>

#include "base/text.h"
#include "channels/mailing.h"
#include "flow/intake.h"
#include "flow/mail_answer.h"
#include "flow/mail_plan.h"
#include "flow/words.h"
#include "formats/archive.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::size_t lines_max = 20;
// Of what a stranger sends; the house's own limits where they are lower.
constexpr std::size_t unpacked_bytes_max = std::size_t{100} * 1024 * 1024;
constexpr std::size_t unpacked_documents_max = 500;

Limits mailLimits(Limits limits) {
  limits.archiveBytes_max = std::min(limits.archiveBytes_max, unpacked_bytes_max);
  limits.archiveDocuments_max = std::min(limits.archiveDocuments_max, unpacked_documents_max);
  return limits;
}

bool isXml(const net::ReceivedAttachment& file) {
  if (file.mediaType.ends_with("/xml") || file.mediaType.ends_with("+xml"))
    return file.mediaType.find("svg") == std::string::npos;
  return lowered(file.fileName).ends_with(".xml");
}

// Spreadsheets and texts are zips, too, and none of an invoice's.
bool isArchive(const net::ReceivedAttachment& file) {
  const auto name = lowered(file.fileName);
  if (!formats::isZip(file.bytes)) return false;
  return name.ends_with(".zip") || name.empty() || file.mediaType == "application/zip" ||
         file.mediaType == "application/x-zip-compressed";
}

struct Refused {
  std::string fileName;
  Problem problem;
};

// The files of a message that may be invoices, read and compressed; or why one of them cannot be.
struct HandedIn {
  std::vector<std::unique_ptr<Upload>> uploads;
  std::vector<PreparedUpload> prepared;
  std::vector<Refused> refused;
};

HandedIn handedIn(const Tools& tools, const Limits& limits, CompanyId company,
                  const net::ReceivedMail& mail) {
  HandedIn made;
  for (const auto& file : mail.attachments) {
    if (!isXml(file) && !isArchive(file)) continue;
    auto upload = std::make_unique<Upload>();
    upload->sender = company;
    upload->actor = mailActor(mail.from.address.empty() ? "email" : mail.from.address);
    upload->door = "email";
    upload->fileName = file.fileName;
    upload->mediaType = file.mediaType;
    upload->bytes = file.bytes;
    upload->inbound = true;
    auto prepared = prepare(tools, limits, *upload);
    if (!prepared) {
      made.refused.push_back({file.fileName, prepared.error()});
      continue;
    }
    made.prepared.push_back(std::move(*prepared));
    made.uploads.push_back(std::move(upload));
  }
  return made;
}

// «faktura.xml: Fakturan är ställd till …» in one language.
std::string wordsOf(const std::vector<Refused>& refused, bool anythingTaken, Language language) {
  const auto& texts = Texts::of(language);
  std::string words =
      texts.sentence(anythingTaken ? "inboundMail.someRefused" : "inboundMail.nothingTaken", {}) + "\n";
  for (std::size_t i = 0; i < refused.size() && i < lines_max; ++i) {
    const auto& [name, problem] = refused[i];
    const auto key = "problem." + problem.code;
    const auto why = texts.has(key) ? texts.sentence(key, problem.parameters) : problem.detail;
    words += "\n- " + (name.empty() ? std::string() : name + ": ") + why;
    if (const auto advice = key + "-advice"; texts.has(advice))
      words += " " + texts.sentence(advice, problem.parameters);
  }
  if (refused.size() > lines_max)
    words +=
        "\n- " + texts.sentence("inboundMail.more", {{"count", std::to_string(refused.size() - lines_max)}});
  return words + "\n\n" + texts.sentence("inboundMail.what", {}) + "\n";
}

// Swedish first, then the same in English: nobody knows what a stranger reads.
std::string answerText(const std::vector<Refused>& refused, bool anythingTaken, const net::ReceivedMail& mail,
                       const std::string& company) {
  std::string text;
  for (const auto language : {Language::swedish, Language::english}) {
    const auto& texts = Texts::of(language);
    if (!text.empty()) text += "\n--\n\n";
    text += texts.sentence("inboundMail.about", {{"company", company}, {"subject", mail.subject}}) + "\n\n" +
            wordsOf(refused, anythingTaken, language);
  }
  return text;
}

// Keeps what can be kept; what cannot is added to `refused`. The number of documents taken in.
Result<std::size_t> keepAll(store::Transaction& tx, const HandedIn& files, std::vector<Refused>& refused,
                            Instant now) {
  std::size_t taken = 0;
  for (const auto& prepared : files.prepared) {
    TRY(const auto kept, keep(tx, prepared, now));
    if (kept.refused) refused.push_back({prepared.upload->fileName, *kept.refused});
    if (kept.refused) continue;
    for (const auto& document : kept.accepted.documents) {
      if (document.problem)
        refused.push_back({document.fileName, *document.problem});
      else
        ++taken;
    }
  }
  return taken;
}

}  // namespace

Result<MailPlan> planInvoices(const Tools& tools, const Limits& limits, CompanyId company,
                              const net::ReceivedMail& mail, bool whole) {
  const auto files = std::make_shared<HandedIn>(handedIn(tools, mailLimits(limits), company, mail));
  if (!whole)
    files->refused.push_back({{}, problem(ProblemKind::too_large, "mail-received-too-large")});
  else if (files->prepared.empty() && files->refused.empty())
    files->refused.push_back({{}, problem(ProblemKind::invalid, "mail-without-invoice")});
  MailPlan plan{files->prepared.empty() ? MailMeaning::no_invoice : MailMeaning::invoices};
  auto head = mail;  // without the files: they are in `files`
  head.attachments.clear();
  plan.commit = [&tools, files, company, mail = std::move(head)](store::Transaction& tx) -> Outcome {
    auto refused = files->refused;
    const auto now = tools.clock.now();
    TRY(const auto taken, keepAll(tx, *files, refused, now));
    const auto address = answeredAddress(mail, tools.mailing->from);
    if (refused.empty() || !address) return {};
    TRY(const auto receiver, store::company(tx, company));
    const auto subject = Texts::of(Language::swedish)
                             .sentence(taken > 0 ? "inboundMail.subjectSome" : "inboundMail.subject",
                                       {{"company", receiver.name}});
    return answer(tx, mail, *address, company, subject, answerText(refused, taken > 0, mail, receiver.name),
                  now);
  };
  return plan;
}

}  // namespace postgang::flow
