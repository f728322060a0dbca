// The page after «Visa fakturan».
#include "render/figures.h"
#include "render/html.h"
#include "render/recipient_page_writer.h"

namespace postgang::render {
namespace {

std::string sizeInWords(std::size_t bytes, Language language) {
  const auto tenths = Decimal::fromScaled(static_cast<std::int64_t>((bytes + 51'200) / 102'400), 1);
  if (bytes >= 1'000'000) return shownQuantity(tenths, language) + "\u00A0MB";
  return std::to_string(std::max<std::size_t>(1, (bytes + 500) / 1000)) + "\u00A0kB";
}

// The code's rows as strokes a module wide: half as long as the outlines of its runs.
std::string codeAsStrokes(const QrCode& code) {
  std::string path;
  for (int row = 0; row < code.modules; ++row) {
    int at = -1;  // where the pen stands in this row; before its first run nowhere
    for (int column = 0; column < code.modules;) {
      int end = column;
      while (end < code.modules && code.at(row, end)) ++end;
      if (end > column) {
        path += at < 0 ? "M" + std::to_string(column) + " " + std::to_string(row) + ".5"
                       : "m" + std::to_string(column - at) + " 0";
        path += "h" + std::to_string(end - column);
        at = end;
      }
      column = end + 1;
    }
  }
  return path;
}

class After {
 public:
  explicit After(const RecipientPage& page) : page_(page), out_(page), today_(dateInStockholm(page.now)) {}

  std::string write() && {
    out_.open(out_.say("title"), "after");
    out_.raw("<p id=\"said\" role=\"status\" class=\"seen\"></p>");
    out_.state();
    notice();
    due();
    copy();
    parts();
    help();
    out_.foot();
    return std::move(out_).finish(true);
  }

 private:
  bool isCurrent() const { return page_.state == PageState::current; }
  // Whether the payment facts hold as they stand.
  bool isPayable() const {
    return page_.copy.ask == Ask::pay && (isCurrent() || page_.state == PageState::partly_credited);
  }

  void notice() {
    if (!page_.copy.notice || !isCurrent()) return;
    out_.raw("<section class=\"box first\">");
    out_.element("h2", page_.copy.notice->heading);
    out_.element("p", page_.copy.notice->text);
    out_.raw("</section>");
  }

  std::string dueLabel() const {
    switch (page_.copy.ask) {
      case Ask::refund:
        return out_.say("due.credit");
      case Ask::debit:
        return out_.say("due.debited");
      default:
        return isPayable() && isCurrent() ? page_.copy.dueLabel : out_.say("due.amount");
    }
  }

  // "om 19 dagar"; empty once it has passed.
  std::string left() const {
    const int days = page_.due->daysSinceEpoch - today_.daysSinceEpoch;
    if (days < 0) return {};
    if (days == 0) return out_.say("due.today");
    return days == 1 ? out_.say("due.tomorrow") : out_.counted("due.days", days);
  }

  void by() {
    if (page_.copy.ask != Ask::pay) {
      const bool drawn = page_.copy.ask == Ask::debit && page_.due;
      out_.element(
          "p",
          drawn ? out_.say("due.debitedOn", {{"date", dateInWords(*page_.due, page_.language, today_)}})
                : page_.copy.dueSentence,
          " class=\"by\"");
      return;
    }
    if (!page_.due || !isPayable()) return out_.raw("<p class=\"by\"></p>");
    const auto in = left();
    const auto date = dateInWords(*page_.due, page_.language, today_);
    out_.raw("<p class=\"by\">");
    out_.element("b", out_.say(in.empty() ? "due.overdue" : "due.by", {{"date", date}}));
    if (!in.empty()) {
      out_.raw(" ");
      out_.element("span", in, " class=\"dim\"");
    }
    out_.raw("</p>");
  }

  void due() {
    out_.raw("<section>");
    out_.element("h1", out_.say("title"), " class=\"seen\"");
    if (!page_.copy.dueAmount.empty()) {
      out_.element("p", dueLabel(), " class=\"dim\"");
      out_.element("p", page_.copy.dueAmount, " class=\"sum\"");
      by();
    }
    if (isPayable()) {
      // What the code and the amount say is no longer what is to be paid.
      const bool whole = isCurrent();
      for (std::size_t i = 0; i < page_.pay.size(); ++i)
        if (whole || i + 1 < page_.pay.size()) value(page_.pay[i]);
      if (whole && page_.copy.code) code(*page_.copy.code);
    } else if (isCurrent()) {
      for (const auto& fact : page_.copy.dueFacts) value({fact.label, fact.value, ""});
    }
    out_.raw("</section>");
  }

  void value(const PayValue& value) {
    out_.raw("<div class=\"pay\"><p>");
    out_.element("span", value.label, " class=\"dim small\"");
    out_.element("b", value.shown);
    out_.raw("</p>");
    if (!value.copied.empty() && !page_.base.empty()) {
      out_.raw("<button type=\"button\" hidden data-copy=\"" + escapedHtml(value.copied) + "\" data-done=\"" +
               escapedHtml(out_.say("copied")) + "\" data-said=\"" +
               escapedHtml(out_.say("copiedWhat", {{"what", value.label}})) + "\" aria-label=\"" +
               escapedHtml(out_.say("copyWhat", {{"what", value.label}})) + "\">");
      out_.icon("copy");
      out_.element("span", out_.say("copy"));
      out_.raw("</button>");
    }
    out_.raw("</div>");
  }

  void code(const Code& code) {
    const auto side = std::to_string(code.qr.modules + 8);
    out_.raw("<div class=\"code\"><svg role=\"img\" aria-label=\"" + escapedHtml(out_.say("code.label")) +
             "\" shape-rendering=\"crispEdges\" viewBox=\"-4 -4 " + side + " " + side +
             "\"><path stroke=\"#000\" d=\"" + codeAsStrokes(code.qr) + "\"/></svg><div>");
    out_.element("h2", code.heading);
    out_.element("p", out_.say("code.sentence"));
    out_.link(out_.keyed("/qr.png"), out_.say("code.save"), " class=\"button\" download");
    out_.raw("</div></div>");
  }

  void copy() {
    out_.raw("<section class=\"copy\">");
    out_.element("h2", out_.saidOfKind("The"));
    out_.raw("<div class=\"sheet\">");
    if (page_.hasPreview && !page_.base.empty() && isCurrent())
      out_.raw("<iframe sandbox tabindex=\"-1\" title=\"" + escapedHtml(out_.saidOfKind("The")) +
               "\" src=\"" + out_.keyed("/preview") + "\"></iframe>");
    out_.raw("<div class=\"two\">");
    out_.link(out_.keyed("/copy"), out_.say("showWhole"), " class=\"button\"");
    out_.link(out_.keyed("/pdf"), out_.say("download"), " class=\"button\"");
    out_.raw("</div></div></section>");
  }

  void part(std::size_t index, const PagePart& part) {
    const bool works = !page_.base.empty();
    if (works)
      out_.raw("<form method=\"post\" action=\"" + out_.keyed("/parts/" + std::to_string(index)) +
               "\" data-opened=\"" + escapedHtml(out_.say("part.openedNow")) + "\">");
    else
      out_.raw("<form>");
    out_.raw(works ? "<button>" : "<button type=\"button\" disabled>");
    out_.icon("file");
    out_.raw("<span class=\"what\">" + escapedHtml(part.name));
    out_.raw(part.openedAt ? "<span class=\"good\">" : "<span>");
    out_.icon(part.openedAt ? "done" : "open");
    out_.raw(escapedHtml(
        part.openedAt ? out_.say("part.opened", {{"moment", momentInWords(*part.openedAt, page_.language)}})
                      : out_.say("part.unopened", {{"size", sizeInWords(part.size, page_.language)}})));
    out_.raw("</span></span>");
    out_.icon("on");
    out_.raw("</button></form>");
  }

  void parts() {
    if (page_.parts.empty()) return;
    out_.raw("<section>");
    out_.element("h2", out_.say("attachments"));
    out_.raw("<div class=\"rows\">");
    for (std::size_t i = 0; i < page_.parts.size(); ++i) part(i, page_.parts[i]);
    out_.raw("</div></section>");
  }

  void row(const std::string& what, const std::string& hint) {
    out_.raw("<span class=\"what\">" + escapedHtml(what) + "<span>" + escapedHtml(hint) + "</span></span>");
    out_.icon("on");
  }

  void ask() {
    out_.raw(page_.askProblem.empty() ? "<details id=\"ask\">" : "<details id=\"ask\" open>");
    out_.raw("<summary>");
    row(out_.say("ask.row"),
        page_.askedAt ? out_.say("ask.done", {{"moment", momentInWords(*page_.askedAt, page_.language)}})
                      : out_.say("ask.hint"));
    out_.raw("</summary>");
    const bool works = !page_.base.empty();
    out_.raw(works ? "<form method=\"post\" action=\"" + out_.keyed("/ask") + "\">" : std::string("<form>"));
    out_.element("label", out_.say("ask.label"), " for=\"question\"");
    const bool wrong = !page_.askProblem.empty();
    if (wrong)
      out_.element("p",
                   Texts::of(page_.language).sentence("problem." + page_.askProblem, {{"points", "1000"}}),
                   " class=\"bad\" id=\"why\"");
    out_.raw("<textarea id=\"question\" name=\"question\" maxlength=\"1000\" required" +
             std::string(wrong ? " aria-invalid=\"true\" aria-describedby=\"why\"" : "") + ">" +
             escapedHtml(page_.question) + "</textarea>");
    out_.element("button", out_.say("ask.send"), works ? "" : " type=\"button\" disabled");
    out_.raw("</form></details>");
  }

  void einvoice() {
    const bool done = page_.einvoiceWantedAt.has_value();
    const std::string whom = page_.recipientIsPerson ? "person" : "company";
    out_.raw("<details><summary>");
    row(out_.say("einvoice.row"),
        done ? out_.say("einvoice.done", {{"moment", momentInWords(*page_.einvoiceWantedAt, page_.language)}})
             : out_.say("einvoice.hint." + whom));
    out_.raw("</summary><div class=\"in\">");
    out_.element("p", out_.say("einvoice.text." + whom), " class=\"tell\"");
    if (!done) out_.button(out_.keyed("/einvoice"), out_.say("einvoice.send"), "button");
    out_.raw("</div></details>");
  }

  void help() {
    out_.raw("<section>");
    out_.element("h2", out_.say("help"));
    out_.raw("<div class=\"rows\">");
    ask();
    einvoice();
    out_.raw(page_.base.empty() ? std::string("<span class=\"row\">")
                                : "<a class=\"row\" href=\"" + out_.place("/wrong-recipient") + "\">");
    row(out_.say("wrong.row"), out_.say("wrong.hint"));
    out_.raw(page_.base.empty() ? "</span>" : "</a>");
    out_.raw("</div></section>");
  }

  const RecipientPage& page_;
  RecipientPageWriter out_;
  const Date today_;
};

}  // namespace

std::string pageAfter(const RecipientPage& page) {
  return After(page).write();
}

}  // namespace postgang::render
