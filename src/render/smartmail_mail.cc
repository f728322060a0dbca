#include "render/smartmail_mail.h"

#include <algorithm>

#include "render/html.h"
#include "render/reading.h"
#include "render/type.h"

namespace postgang::render {
namespace {

using document::Kind;
using Parameters = std::map<std::string, std::string>;

constexpr std::size_t name_points_max = 80, value_points_max_in_mail = 60, facts_max = 4;
constexpr int label_width = 150;

// For readers in the dark, where their program asks for it; the accent keeps its white text.
constexpr std::string_view dark_style =
    ":root{color-scheme:light dark}"
    "@media(max-width:480px){.q,.r{display:block!important;text-align:left!important}"
    ".r{padding-top:12px!important}.s{border:0!important;border-radius:0!important}}"
    "@media(prefers-color-scheme:dark){.g{background:#101215!important}.s{background:#1b1e23!important;"
    "border-color:#2b2f36!important}.t,.t a{color:#eceef1!important}.d{color:#a9b0bb!important}"
    ".l{border-color:#3a3f48!important}.k{border-color:#eceef1!important}.x{background:#262a31!important}}";

std::string bounded(std::string_view text, std::size_t points_max = name_points_max) {
  const auto bare = collapsed(withoutControls(text));
  return codePoints(bare) <= points_max ? bare : truncated(bare, points_max - 1) + "…";
}

std::string_view kindKey(Kind kind) {
  switch (kind) {
    case Kind::invoice:
    case Kind::credit_note:
    case Kind::reminder:
    case Kind::interest_invoice:
      return document::name(kind);
    default:
      return "other";
  }
}

class SmartmailWriter : public MailWriter {
 public:
  SmartmailWriter(Language language, std::string_view title) : MailWriter(language, title, dark_style) {}

  void brand(const std::string& initials, const std::string& name, const std::string& colour) {
    html_ += "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\"><tr>";
    if (!initials.empty())
      html_ += "<td width=\"36\" height=\"36\" align=\"center\" style=\"width:36px;height:36px;background:" +
               colour +
               ";border-radius:18px;color:#fff;font-family:Inter,Arial,sans-serif;font-size:15px;"
               "font-weight:700;line-height:36px\">" +
               escapedHtml(initials) + "</td>";
    html_ += "<td class=\"t\" style=\"padding-left:" + std::string(initials.empty() ? "0" : "12px") + ";" +
             std::string(mail_font) + "font-size:17px;font-weight:700\">" + escapedHtml(name) +
             "</td></tr></table>";
    text_ += name + "\n\n";
  }

  void greeting(const std::vector<std::string>& lines) {
    html_ += "<p class=\"t\" style=\"margin:26px 0 18px;font-size:16px;line-height:1.7\">";
    for (std::size_t i = 0; i < lines.size(); ++i) {
      html_ += (i > 0 ? "<br>" : "") + escapedHtml(lines[i]);
      text_ += lines[i] + "\n";
    }
    html_ += "</p>";
    text_ += "\n";
  }

  struct Due {
    std::string label, amount, byLabel, by, sentence;
  };
  void due(const Due& due) {
    const auto small =
        std::string(mail_font) + "font-size:13px;line-height:1.4;color:" + std::string(mail_grey);
    html_ +=
        "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" class=\"k\" "
        "style=\"border-top:2px solid #16181d\"><tr><td class=\"q\" valign=\"bottom\" style=\"padding:18px 0 "
        "0\"><span class=\"d\" style=\"" +
        small + "\">" + escapedHtml(due.label) + "</span><br><span class=\"t\" style=\"" +
        std::string(mail_font) + "font-size:32px;line-height:1.25;font-weight:700;white-space:nowrap\">" +
        escapedHtml(due.amount) + "</span></td>";
    text_ += due.label + ": " + due.amount + "\n";
    if (!due.by.empty()) {
      html_ +=
          "<td class=\"r\" valign=\"bottom\" align=\"right\" style=\"padding:18px 0 3px\"><span "
          "class=\"d\" style=\"" +
          small + "\">" + escapedHtml(due.byLabel) + "</span><br><span class=\"t\" style=\"" +
          std::string(mail_font) + "font-size:18px;line-height:1.4;font-weight:600;white-space:nowrap\">" +
          escapedHtml(due.by) + "</span></td>";
      text_ += due.byLabel + ": " + due.by + "\n";
    }
    html_ += "</tr></table>";
    if (due.sentence.empty()) return;
    paragraph("font-size:15px;line-height:1.5", escapedHtml(due.sentence));
    text_ += due.sentence + "\n";
  }

  void aside(const std::string& words) {
    paragraph("font-size:14px;line-height:1.5;color:" + std::string(mail_grey), escapedHtml(words), "d");
    text_ += words + "\n";
  }

  void genuine(const std::string& strong, const std::string& words) {
    html_ += "<p class=\"d\" style=\"margin:0 0 16px;font-size:13px;line-height:1.5;color:" +
             std::string(mail_grey) + "\"><b class=\"t\" style=\"color:#16181d\">" + escapedHtml(strong) +
             "</b> " + escapedHtml(words) + "</p>";
    text_ += "\n" + strong + " " + words + "\n";
  }

  struct Way {
    std::string words, link;
  };
  void ways(const std::vector<Way>& ways) {
    html_ += "<p class=\"t\" style=\"margin:0 0 16px;font-size:13px;line-height:1.9\">";
    for (std::size_t i = 0; i < ways.size(); ++i) {
      if (i > 0) html_ += " &nbsp;&middot;&nbsp; ";
      html_ += "<a href=\"" + escapedHtml(ways[i].link) + "\" style=\"color:#16181d\">" +
               escapedHtml(ways[i].words) + "</a>";
      text_ += ways[i].words + " " + ways[i].link + "\n";
    }
    html_ += "</p>";
  }
};

// Writes one mail; what is said in which order stands in write().
class Author {
 public:
  explicit Author(const Smartmail& mail)
      : mail_(mail), texts_(Texts::of(mail.language)), brand_(bounded(mail.brand)) {}

  SmartmailMail write() {
    SmartmailMail said;
    said.from = brand_;
    said.subject = subject();
    SmartmailWriter out(mail_.language, said.subject);
    out.brand(mail_.initials, brand_, hexText(accentOnWhite(mail_.colour)));
    out.greeting(greeting());
    due(out);
    facts(out);
    out.button(say("button", {{"document", the()}}), mail_.link, hexText(accentOnWhite(mail_.colour)));
    out.aside(beneathButton());
    otherwise(out);
    out.typed(say("typed"), mail_.link);
    out.rule();
    out.genuine(say("genuine"), genuine());
    ways(out);
    foot(out);
    said.html = std::move(out).html();
    said.text = out.text();
    return said;
  }

 private:
  std::string say(std::string_view key, const Parameters& parameters = {}) const {
    return texts_.sentence("smartmailMail." + std::string(key), parameters);
  }
  std::string kind(std::string_view form) const {
    return say("kind." + std::string(kindKey(mail_.kind)) + "." + std::string(form));
  }
  std::string the() const { return kind("the"); }

  std::string monthOf(Date date) const {
    const auto& months = texts_.word("smartmailMail.months");
    return std::string(split(months, ' ').at(static_cast<std::size_t>(date.month() - 1)));
  }
  std::string day(Date date) const {
    return say("day", {{"day", std::to_string(date.day())}, {"month", monthOf(date)}});
  }
  std::string dayAndYear(Date date) const {
    return say("dayAndYear", {{"day", std::to_string(date.day())},
                              {"month", monthOf(date)},
                              {"year", std::to_string(date.year())}});
  }
  std::string clock(int minute) const {
    const auto two = [](int number) { return std::to_string(100 + number).substr(1); };
    return say("clock", {{"hour", two(minute / 60)}, {"minute", two(minute % 60)}});
  }
  bool hasDue() const { return mail_.due && (mail_.ask == Ask::pay || mail_.ask == Ask::debit); }

  std::string subject() const {
    const Parameters parameters = {{"kind", kind("name")},
                                   {"the", the()},
                                   {"sender", brand_},
                                   {"amount", mail_.amount},
                                   {"day", hasDue() ? day(*mail_.due) : std::string()}};
    const std::string form = mail_.amount.empty()      ? "bare"
                             : !hasDue()               ? "amount"
                             : mail_.ask == Ask::debit ? "debit"
                                                       : "due";
    return say((mail_.reminder ? "subject.reminder." : "subject.first.") + form, parameters);
  }

  std::vector<std::string> greeting() const {
    const auto name = bounded(mail_.recipient);
    const auto first = name.substr(0, name.find(' '));
    std::vector<std::string> lines = {mail_.person && !first.empty() ? say("helloName", {{"name", first}})
                                                                     : say("hello")};
    if (mail_.reminder) {
      lines.push_back(mail_.sentOn ? say("notOpenedSince", {{"document", the()}, {"day", day(*mail_.sentOn)}})
                                   : say("notOpened", {{"document", the()}}));
    } else {
      const Parameters parameters = {{"yours", kind("yours")},
                                     {"document", the()},
                                     {"recipient", name},
                                     {"month", mail_.month ? monthOf(*mail_.month) : std::string()}};
      const std::string key = mail_.person || name.empty() ? "hereYours" : "hereTo";
      lines.push_back(say(key + (mail_.month ? "Month" : ""), parameters));
    }
    if (mail_.attached) lines.push_back(say("attached", {{"document", the()}, {"sender", brand_}}));
    return lines;
  }

  void due(SmartmailWriter& out) const {
    if (mail_.amount.empty()) return out.rule();
    SmartmailWriter::Due due;
    due.amount = mail_.amount;
    switch (mail_.ask) {
      case Ask::pay:
        due.label = say("due.pay");
        break;
      case Ask::debit:
        due.label = say("due.debit");
        due.sentence = say("due.debitSelf");
        break;
      case Ask::refund:
        due.label = say("due.refund");
        due.sentence = say("due.refundSelf");
        break;
      case Ask::nothing:
        due.label = say("due.pay");
        due.sentence = say("due.nothing");
        break;
    }
    if (hasDue()) {
      due.byLabel = say(mail_.ask == Ask::debit ? "due.on" : "due.by");
      due.by = dayAndYear(*mail_.due);
    }
    out.due(due);
    out.rule();
  }

  void facts(SmartmailWriter& out) const {
    std::vector<MailWriter::Fact> rows;
    for (const auto& fact : mail_.facts)
      if (rows.size() < facts_max)
        rows.push_back({bounded(fact.label), bounded(fact.value, value_points_max_in_mail), ""});
    if (mail_.attachments > 0)
      rows.push_back({say("attachments"), say("pieces", {{"count", std::to_string(mail_.attachments)}}), ""});
    if (!rows.empty()) out.facts(rows, label_width);
  }

  std::string beneathButton() const {
    const std::string key = mail_.ask != Ask::pay ? "there.other"
                            : mail_.payByGiro     ? "there.giro"
                                                  : "there.pay";
    return say(key);
  }

  void otherwise(SmartmailWriter& out) const {
    if (!mail_.openBy) return;
    const auto street = bounded(mail_.street, value_points_max_in_mail);
    const Parameters parameters = {{"document", the()},
                                   {"day", day(*mail_.openBy)},
                                   {"time", clock(mail_.openByMinute)},
                                   {"street", street}};
    const std::string what = mail_.attachmentsToo ? "openByAll" : "openBy";
    out.box(say(what, parameters), say(street.empty() ? "otherwise" : "otherwiseTo", parameters));
  }

  std::string genuine() const {
    const bool hasNumber = mail_.facts.size() > 2;  // number, date and the customer's own
    return say(hasNumber ? "genuineNumber" : "genuineHow");
  }

  void ways(SmartmailWriter& out) const {
    const auto name = bounded(mail_.recipient);
    out.ways(
        {{name.empty() ? say("notMe") : say("notYou", {{"name", name}}), mail_.link + "/wrong-recipient"},
         {say("einvoice"), mail_.link}});
  }

  void foot(SmartmailWriter& out) const {
    std::vector<std::string> own = {bounded(mail_.sender)};
    for (const auto& line : mail_.senderLines) own.push_back(bounded(line, 120));
    std::erase(own, "");
    out.foot({joined(own, ", "), say(mail_.attached ? "onBehalfAttached" : "onBehalf",
                                     {{"sender", brand_}, {"document", the()}})});
  }

  const Smartmail& mail_;
  const Texts& texts_;
  const std::string brand_;
};

// The whole of one month.
std::optional<Date> monthOf(const Reading& reading) {
  const auto period = reading.root.group(Group::BG_14);
  if (!period) return std::nullopt;
  const auto from = period.date(Term::BT_73), to = period.date(Term::BT_74);
  if (!from || !to || from->day() != 1 || from->plusMonths(1).plusDays(-1) != *to) return std::nullopt;
  return from;
}

}  // namespace

Smartmail smartmailOf(const document::BusinessDocument& document, const Design& design, Language language) {
  const Reading reading(document, design, Channel::email, language);
  Copy copy;
  writeHead(reading, copy);
  writeDue(reading, copy);
  writeFoot(reading, copy);
  Smartmail mail;
  mail.language = language;
  mail.kind = reading.kind;
  mail.ask = reading.ask;
  mail.colour = design.accent;
  mail.brand = copy.brandName;
  mail.initials = truncated(copy.initials, 2);
  mail.amount = copy.dueAmount;
  mail.due = document.date(Term::BT_9);
  mail.facts = copy.titleFacts;
  mail.recipient = bounded(reading.buyer.name);
  mail.person = reading.buyer.isPerson;
  if (!reading.buyer.address.lines.empty()) mail.street = printable(reading.buyer.address.lines.front());
  mail.sender = copy.company;
  if (!copy.footNumbers.empty()) mail.senderLines.push_back(copy.footNumbers.front());
  if (copy.footCompany.size() > 1) mail.senderLines.push_back(copy.footCompany[1]);
  mail.month = monthOf(reading);
  const auto* account = firstAccount(reading);
  mail.payByGiro = reading.ask == Ask::pay && account && account->kind == document::AccountKind::bankgiro &&
                   reading.payment.referenceIsOcr && design.paymentCode;
  return mail;
}

SmartmailMail smartmailMail(const Smartmail& mail) {
  return Author(mail).write();
}

}  // namespace postgang::render
