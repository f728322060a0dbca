#include "flow/notice_content.h"

#include <algorithm>

#include "document/terms.h"
#include "flow/fault_marks.h"
#include "net/mail.h"
#include "render/fault_mark.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/documents.h"

namespace postgang::flow {
namespace {

constexpr std::size_t attachments_max = 5;
constexpr std::int64_t attached_bytes_max = 3 * 1024 * 1024;
constexpr std::size_t reference_digits = 6;

std::string parameter(const store::FindingFact& finding, std::string_view name) {
  const auto found = finding.parameters.find(std::string(name));
  return found == finding.parameters.end() ? std::string() : found->second;
}

std::string sentence(std::string text) {
  if (!text.empty() && text.back() != '.' && text.back() != '?') text += '.';
  return text;
}

// "0007:5599900122" → "559990-0122"; what is no Swedish organisation number stays as it is.
std::string shownIdentifier(std::string_view identifier) {
  constexpr std::string_view swedish = "0007:";
  if (identifier.starts_with(swedish) && identifier.size() == swedish.size() + 10)
    return std::string(identifier.substr(5, 6)) + "-" + std::string(identifier.substr(11));
  return std::string(identifier);
}

std::string titleOf(std::string_view term, Language language) {
  const auto known = document::termFromName(term);
  return known ? std::string(document::title(*known, language)) : std::string();
}

// The faults as they stand on the invoice; what cannot be drawn is said in words alone.
void drawFaults(const document::BusinessDocument& parsed, const std::vector<store::FindingFact>& findings,
                Language language, std::vector<render::NoticeFault>& faults) {
  std::size_t at = 0;
  for (const auto& finding : findings) {
    if (finding.severity != "error" || at >= faults.size()) continue;
    auto& fault = faults[at++];
    if (at > render::faults_drawn_max) return;
    const auto marks = faultMarks({finding}, language);
    if (marks.empty()) continue;
    const auto pieces = render::cutOuts(parsed, {}, language, {marks.front()});
    if (pieces.empty()) continue;
    fault.heading = pieces.front().heading;
    for (const auto& cell : pieces.front().cells)
      fault.cells.push_back({cell.label, cell.value, cell.marked});
  }
}

render::NoticeDocument contentOf(const store::DocumentRow& row,
                                 const std::vector<store::FindingFact>& findings,
                                 const std::vector<store::Event>& events, Language language) {
  render::NoticeDocument document;
  document.kind = row.entry.kind;
  document.number = row.entry.number;
  document.issueDate = row.entry.issueDate;
  document.amount = row.entry.amount;
  document.currency = row.entry.currency;
  for (const auto& event : events) {
    if (event.type == store::EventType::received) document.received = dateInStockholm(event.at);
    if (event.type == store::EventType::stopped || event.type == store::EventType::held)
      document.stopped = dateInStockholm(event.at);
  }
  for (const auto& finding : findings)
    if (finding.severity == "error") document.faults.push_back(noticeFault(finding, language));
  if (!document.faults.empty()) return document;
  // Held and then sent back by a person: the reason is that person's own words.
  render::NoticeFault fault;
  for (const auto& event : events)
    if (const auto* note = std::get_if<store::NoteFact>(&event.fact);
        note && event.type == store::EventType::returned)
      fault.what = sentence(note->reason);
  document.faults.push_back(std::move(fault));
  return document;
}

void setWords(render::StopNotice& content, const NoticeWords& words) {
  content.greeting = words.greeting;
  content.help = words.help;
  content.contact = words.contact;
  content.answered = net::isMailAddress(words.contact);
}

}  // namespace

render::NoticeFault noticeFault(const store::FindingFact& finding, Language language) {
  const auto& texts = Texts::of(language);
  const bool swedish = language == Language::swedish;
  render::NoticeFault fault;
  fault.term = finding.term;
  fault.title = titleOf(finding.term, language);
  fault.value = finding.value;
  fault.place = finding.place;
  fault.example = parameter(finding, "example");
  fault.demand = parameter(finding, "demand");
  if (fault.demand.empty()) fault.demand = finding.id;
  const auto message = parameter(finding, swedish ? "sv" : "en");
  const auto key = "finding." + finding.id;
  auto parameters = finding.parameters;
  parameters["term"] = fault.title;
  if (texts.has(key) && (!fault.title.empty() || message.empty())) {
    fault.what = sentence(texts.sentence(key, parameters));
    fault.wanted = sentence(message);
  } else {
    fault.what = sentence(message.empty() ? finding.detail : message);
  }
  fault.saysMissing = finding.id.ends_with("-missing");
  return fault;
}

Result<render::StopNotice> noticeContent(store::Reader& reader, const store::Notice& notice,
                                         const std::vector<DocumentId>& documents, const NoticeTexts& texts,
                                         Language language) {
  const auto all = store::Viewer::system();
  render::StopNotice content;
  content.language = language;
  TRY(const auto receiver, store::company(reader, notice.receiver));
  TRY(const auto sender, store::company(reader, notice.sender));
  content.receiver = receiver.name;
  content.sender = sender.name;
  content.senderIdentifier = shownIdentifier(sender.identifier);
  for (const auto& id : documents) {
    TRY(const auto row, store::findDocument(reader, all, id));
    TRY(const auto findings, store::findingsOf(reader, all, id));
    TRY(const auto events, store::eventsOf(reader, all, id));
    content.documents.push_back(contentOf(row, findings, events, language));
    if (documents.size() > 1) continue;
    TRY(const auto bytes, store::parsed(reader, id));
    if (!bytes) continue;
    if (const auto parsed = document::BusinessDocument::restored(*bytes))
      drawFaults(*parsed, findings, language, content.documents.back().faults);
  }
  setWords(content, texts.in(language));
  content.reference = referenceOf(notice);
  return content;
}

Result<std::vector<net::MailAttachment>> originalsOf(store::Reader& reader,
                                                     const std::vector<DocumentId>& documents) {
  std::vector<net::MailAttachment> originals;
  if (documents.size() > attachments_max) return originals;
  std::int64_t size = 0;
  for (const auto& id : documents) {
    TRY(const auto row, store::findDocument(reader, store::Viewer::system(), id));
    size += row.size;
    if (size > attached_bytes_max) return std::vector<net::MailAttachment>();
    TRY(auto bytes, store::blob(reader, row.digest));
    const auto name =
        row.fileName.empty() ? "original-" + std::to_string(originals.size() + 1) + ".xml" : row.fileName;
    originals.push_back({name, "application/octet-stream", std::move(bytes)});
  }
  return originals;
}

std::string referenceOf(const store::Notice& notice) {
  auto digits = hex(notice.id.view());
  digits = digits.substr(digits.size() - reference_digits);
  std::ranges::transform(digits, digits.begin(),
                         [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
  return "R-" + std::to_string(dateInStockholm(notice.createdAt).year()) + "-" + digits;
}

render::NoticeMail noticeSample(std::string_view receiver, const NoticeTexts& texts, Language language,
                                Date today) {
  const auto& words = Texts::of(language);
  render::StopNotice content;
  content.language = language;
  content.receiver = receiver;
  content.sender = words.word("noticeMail.example.sender");
  content.senderIdentifier = "559990-0122";
  render::NoticeFault fault;
  fault.what = words.word("noticeMail.example.wrong");
  fault.wanted = words.word("noticeMail.example.wanted");
  fault.value = "Sara L";
  fault.example = "45123456";
  fault.term = "BT-13";
  fault.title = titleOf(fault.term, language);
  fault.demand = "order";
  render::NoticeDocument document;
  document.number = "101000330";
  document.issueDate = today.plusDays(-2);
  document.amount = Decimal::parse("172955.00");
  document.currency = "SEK";
  document.received = document.stopped = today;
  document.faults = {std::move(fault)};
  content.documents = {std::move(document)};
  content.mayEdit = true;
  content.link = "https://postgang.example/r/5HNC-2WJD-7KQE-V4TM";
  content.today = today;
  content.deadline = content.linkUntil = today.plusDays(texts.putRightDays);
  content.reference = "R-" + std::to_string(today.year()) + "-4F09A1";
  content.attached = true;
  setWords(content, texts.in(language));
  return render::noticeMail(content);
}

}  // namespace postgang::flow
