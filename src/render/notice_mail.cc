#include "render/notice_mail.h"

#include <algorithm>
#include <array>

#include "render/figures.h"
#include "render/notice_writer.h"

namespace postgang::render {
namespace {

using Parameters = std::map<std::string, std::string>;

constexpr std::size_t name_points_max = 80;
constexpr std::size_t number_points_max = 40;
constexpr std::size_t cells_max = 4;
constexpr std::size_t short_documents_faults_max = 2;

// How much is said. A mail that became too large all the same is written again with less.
struct Room {
  std::size_t documents;
  std::size_t sentence, ownWords, value;  // code points
};
constexpr std::array rooms = {Room{documents_listed_max, 300, 1000, 80}, Room{10, 150, 500, 60},
                              Room{3, 60, 100, 30}};

std::string line(std::string_view text, std::size_t points_max) {
  auto bare = collapsed(withoutControls(text));
  if (codePoints(bare) <= points_max) return bare;
  return truncated(bare, points_max - 1) + "…";
}

// "Ordernummer" within a sentence.
std::string inSentence(std::string text, Language language) {
  if (language == Language::swedish && text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' &&
      text[1] >= 'a' && text[1] <= 'z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

// Writes one notice; what is said in which order stands in write().
class Author {
 public:
  Author(const StopNotice& notice, const Room& room)
      : notice_(notice),
        room_(room),
        texts_(Texts::of(notice.language)),
        receiver_(line(notice.receiver, name_points_max)),
        short_(shortName(receiver_)) {}

  NoticeMail write() {
    NoticeMail mail;
    mail.from = say("from", {{"receiver", short_}});
    mail.subject = subject();
    NoticeWriter out(notice_.language, mail.subject);
    head(out);
    lead(out);
    if (single())
      faults(out, notice_.documents.front());
    else
      list(out);
    how(out);
    deadline(out);
    foot(out);
    mail.html = std::move(out).html();
    mail.text = out.text();
    return mail;
  }

 private:
  bool single() const { return notice_.documents.size() == 1; }
  std::string say(std::string_view key, const Parameters& parameters = {}) const {
    return texts_.sentence("noticeMail." + std::string(key), parameters);
  }
  std::string counted(std::string_view key, std::size_t count) const {
    return say(std::string(key) + (count == 1 ? "_one" : "_other"), {{"count", std::to_string(count)}});
  }
  std::string kindOf(const NoticeDocument& document) const {
    const auto key = "kind." + std::string(document::name(document.kind));
    return say(texts_.has("noticeMail." + key) ? key : "kind.other");
  }
  std::string numberOf(const NoticeDocument& document) const {
    return document.number.empty() ? say("noNumber") : line(document.number, number_points_max);
  }
  std::string factsOf(const NoticeDocument& document) const {
    std::string facts = numberOf(document);
    if (document.issueDate) facts += ", " + document.issueDate->text();
    return facts;
  }
  std::string amountOf(const NoticeDocument& document) const {
    return document.amount ? shownMoney(*document.amount, line(document.currency, 3), notice_.language)
                           : std::string();
  }

  std::string subject() const {
    std::string said;
    if (!single()) {
      said = say("subject.many", {{"count", std::to_string(notice_.documents.size())}, {"receiver", short_}});
    } else {
      const auto& document = notice_.documents.front();
      const auto faults = document.faults.size();
      const bool whole = faults != 1 || document.faults.front().title.empty();
      const auto term = whole ? "" : document.faults.front().title;
      said = say(faults > 1 ? "subject.more"
                 : whole    ? "subject.oneWhole"
                            : "subject.one",
                 {{"kind", kindOf(document)},
                  {"number", numberOf(document)},
                  {"count", std::to_string(faults)},
                  {"term", inSentence(line(term, number_points_max), notice_.language)}});
    }
    return notice_.reminder ? say("subject.reminder", {{"subject", said}}) : said;
  }

  void head(NoticeWriter& out) const {
    out.masthead(say("operator"), say("for", {{"receiver", receiver_}}));
    out.state(say(notice_.reminder ? "stateReminder" : "stateStopped"));
    const auto& first = notice_.documents.front();
    out.heading(single() ? say("heading.one",
                               {{"kind", kindOf(first)}, {"number", numberOf(first)}, {"receiver", short_}})
                         : say("heading.many",
                               {{"count", std::to_string(notice_.documents.size())}, {"receiver", short_}}));
  }

  void lead(NoticeWriter& out) const {
    const auto faults = notice_.documents.front().faults.size();
    const std::string key = !single() ? "lead.many" : faults == 1 ? "lead.one" : "lead.more";
    out.lead(say(key, {{"receiver", receiver_}, {"count", std::to_string(faults)}}));
    if (!notice_.greeting.empty()) out.words(line(notice_.greeting, room_.ownWords));
    std::vector<NoticeWriter::Fact> facts;
    if (single()) {
      const auto& document = notice_.documents.front();
      facts.push_back({kindOf(document), factsOf(document), amountOf(document)});
    }
    auto sender = line(notice_.sender, name_points_max);
    if (!notice_.senderIdentifier.empty()) sender += ", " + line(notice_.senderIdentifier, number_points_max);
    facts.push_back({say("sender"), sender, ""});
    out.facts(facts);
  }

  std::string found(const NoticeFault& fault) const {
    if (fault.term.empty() || (fault.value.empty() && fault.saysMissing)) return {};
    return fault.value.empty() ? say("saysNothing")
                               : say("says", {{"value", line(fault.value, room_.value)}});
  }

  void faults(NoticeWriter& out, const NoticeDocument& document) const {
    out.part(say("wrong"));
    const auto drawn = std::min(document.faults.size(), faults_drawn_max);
    for (std::size_t i = 0; i < drawn; ++i) {
      const auto& fault = document.faults[i];
      auto said = found(fault);
      if (!fault.wanted.empty()) said += (said.empty() ? "" : " ") + line(fault.wanted, room_.sentence);
      out.fault(line(fault.what, room_.sentence), said);
      if (!fault.term.empty()) cutOut(out, fault);
    }
    if (document.faults.size() > drawn) out.words(counted("moreFaults", document.faults.size() - drawn));
  }

  void cutOut(NoticeWriter& out, const NoticeFault& fault) const {
    auto cells = fault.cells;
    if (cells.empty()) cells.push_back({fault.title, fault.value, true});
    keepAround(cells);
    for (auto& cell : cells) {
      cell.label = line(cell.label, number_points_max);
      cell.value = cell.value.empty() ? say("missing") : line(cell.value, room_.value);
    }
    out.cutOut(fault.heading.empty() ? say("cutOut") : line(fault.heading, name_points_max), cells,
               fault.example.empty()
                   ? std::string()
                   : say("shouldBe", {{"example", line(fault.example, number_points_max)}}));
  }

  // The marked one and what stands before it.
  static void keepAround(std::vector<NoticeCell>& cells) {
    if (cells.size() <= cells_max) return;
    const auto marked =
        std::find_if(cells.begin(), cells.end(), [](const auto& cell) { return cell.marked; });
    const auto at = marked == cells.end() ? 0 : static_cast<std::size_t>(marked - cells.begin());
    const auto first = at < cells_max ? 0 : at - cells_max + 1;
    cells.erase(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(first));
    cells.resize(cells_max);
  }

  void list(NoticeWriter& out) const {
    out.part(say("wrong"));
    const auto shown = std::min(notice_.documents.size(), room_.documents);
    for (std::size_t i = 0; i < shown; ++i) {
      const auto& document = notice_.documents[i];
      std::vector<std::string> lines;
      const auto some = std::min(document.faults.size(), short_documents_faults_max);
      for (std::size_t at = 0; at < some; ++at) {
        const auto& fault = document.faults[at];
        lines.push_back(line(fault.what + " " + found(fault), room_.sentence / 2));
      }
      if (document.faults.size() > some)
        lines.push_back(counted("moreFaults", document.faults.size() - some));
      out.document(kindOf(document) + " " + factsOf(document), amountOf(document), lines);
    }
    if (notice_.documents.size() > shown)
      out.words(counted("moreInvoices", notice_.documents.size() - shown));
  }

  void how(NoticeWriter& out) const {
    out.part(say("how"));
    out.words(say(std::string(notice_.mayEdit ? "howEdit" : "howOwn") + (single() ? ".one" : ".many"),
                  {{"receiver", short_}}));
    if (!notice_.link.empty()) out.button(say(notice_.mayEdit ? "buttonEdit" : "buttonRead"), notice_.link);
    out.wayOut(say("ask"), notice_.help.empty() ? say("askOrderer", {{"receiver", short_}})
                                                : line(notice_.help, room_.ownWords));
    if (!notice_.contact.empty())
      out.words(say("askAlso", {{"receiver", short_}, {"contact", line(notice_.contact, room_.sentence)}}));
    if (notice_.mayEdit) out.wayOut(say("own"), say("ownHow"));
  }

  void deadline(NoticeWriter& out) const {
    const bool passed = notice_.deadline < notice_.today;
    std::string rest;
    if (!notice_.link.empty())
      rest = passed || notice_.linkUntil != notice_.deadline
                 ? say("deadlineLinkUntil", {{"date", notice_.linkUntil.text()}})
                 : say("deadlineLink");
    rest += (rest.empty() ? "" : " ") +
            say(single() ? "deadlineUnseen" : "deadlineUnseenMany", {{"receiver", short_}});
    out.deadline(say(passed ? "deadlinePassed" : "deadline", {{"date", notice_.deadline.text()}}), rest);
    if (!notice_.link.empty()) out.typed(say("typed"), notice_.link);
  }

  std::string idsOf(const NoticeFault& fault) const {
    const auto place = line(fault.place, room_.value);
    return say(fault.term.empty() ? "idsWhole"
               : place.empty()    ? "idsNoPlace"
                                  : "ids",
               {{"demand", line(fault.demand, number_points_max)},
                {"term", line(fault.term, number_points_max)},
                {"title", inSentence(line(fault.title, number_points_max), notice_.language)},
                {"place", place}});
  }

  void foot(NoticeWriter& out) const {
    std::string ids;
    const auto& first = notice_.documents.front();
    if (single()) {
      const auto some = std::min(first.faults.size(), faults_drawn_max);
      for (std::size_t i = 0; i < some; ++i) ids += idsOf(first.faults[i]) + " ";
      ids += say("case", {{"reference", notice_.reference},
                          {"received", first.received.text()},
                          {"stopped", first.stopped.text()}});
    } else {
      ids = say("caseMany", {{"reference", notice_.reference}});
    }
    if (notice_.attached) ids += " " + say(single() ? "attached" : "attachedMany");
    out.foot({ids, say("onBehalf", {{"receiver", receiver_}}) + " " +
                       (notice_.answered ? say("reply", {{"receiver", short_}}) : say("noReply"))});
  }

  const StopNotice& notice_;
  const Room room_;
  const Texts& texts_;
  const std::string receiver_, short_;
};

}  // namespace

std::string shortName(std::string_view company) {
  constexpr std::array<std::string_view, 8> forms = {" aktiebolag", " AB", " AB (publ)", " HB",
                                                     " KB",         " AS", " Oy",        " ApS"};
  for (const auto form : forms)
    if (company.size() > form.size() && lowered(company).ends_with(lowered(form)))
      return std::string(company.substr(0, company.size() - form.size()));
  return std::string(company);
}

NoticeMail noticeMail(const StopNotice& notice) {
  NoticeMail mail;
  for (const auto& room : rooms) {
    mail = Author(notice, room).write();
    if (mail.html.size() < notice_bytes_max) break;
  }
  return mail;
}

}  // namespace postgang::render
