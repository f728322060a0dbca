#include "render/readable.h"

#include <algorithm>

#include "render/html.h"

namespace postgang::render {
namespace {

constexpr std::string_view style_rules =
    "*{box-sizing:border-box}html{background:#fff;color:#16181d;font:16px/1.45 "
    "Inter,system-ui,Arial,sans-serif}"
    "body{margin:0}main{max-width:46rem;margin:0 auto;padding:1.25rem}"
    "h1{font-size:1.6rem;line-height:1.2;margin:1rem 0 .25rem}h2{font-size:1.05rem;margin:1.75rem 0 .4rem}"
    "p{margin:.4rem 0;overflow-wrap:anywhere}.pre{white-space:pre-line}"
    ".brand{display:flex;align-items:center;gap:.75rem;font-weight:700}.brand svg,.brand "
    "img{height:2.5rem;width:auto;"
    "max-width:16rem}.dim{color:#444;font-size:.875rem}.due{border-top:3px solid "
    "#16181d;margin-top:1rem;padding-top:.9rem}"
    ".due b{display:block;font-size:2rem;line-height:1.15}.due strong{display:block}"
    "dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.75rem "
    "1.25rem;margin:.9rem 0}"
    "dt{color:#444;font-size:.8125rem}dd{margin:0;font-weight:500;overflow-wrap:anywhere}"
    ".box{border:2px solid #16181d;padding:.8rem 1rem;margin:1.25rem 0}.box h2{margin:0}"
    "table{width:100%;border-collapse:collapse;font-size:.9375rem}th{font-size:.8125rem;text-align:left;"
    "border-top:1px solid #16181d;border-bottom:1px solid #16181d}th,td{padding:.4rem "
    ".35rem;vertical-align:top}"
    "td{border-bottom:1px solid "
    "#d4d8d8;overflow-wrap:anywhere}.n{text-align:right;font-variant-numeric:tabular-nums;"
    "white-space:nowrap}td small{display:block;color:#444;white-space:pre-line}tfoot td,.total "
    "td{font-weight:700}"
    ".total td{border-top:2px solid #16181d;font-size:1.1rem}"
    ".code{display:flex;flex-wrap:wrap;gap:1.25rem;align-items:flex-start}.code svg{width:11rem;flex:none}"
    "ul{padding-left:1.1rem;margin:.4rem 0}footer{border-top:1px solid "
    "#16181d;margin-top:2rem;padding-top:.8rem;"
    "font-size:.8125rem;display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:1rem}"
    "address{font-style:normal}.gap{margin-top:1.75rem}"
    "@media(max-width:40rem){.lines thead{display:none}.lines tr{display:flex;flex-wrap:wrap;"
    "border-bottom:1px solid #d4d8d8;padding:.5rem 0}.lines td{border:0;padding:.05rem 0}"
    ".lines .name{order:0;flex:1 1 60%}.lines .sum{order:1;flex:none;margin-left:.75rem}"
    ".lines td[data-l]{order:2;color:#444;font-size:.8125rem;margin-right:.9rem}"
    ".lines tr:after{content:\"\";order:1;flex-basis:100%}"
    ".lines td[data-l]:before{content:attr(data-l) \" \"}.lines td[data-l]:empty{display:none}}";

// Only on a copy with marks.
constexpr std::string_view fault_rules =
    ".fault{border:2px solid #a3231c;border-radius:3px;background:#fdf2f0;padding:.35rem .5rem}"
    "span.fault{display:inline-block}.fault dt{color:#a3231c;font-weight:600}.fault dd{font-weight:600}"
    ".note{color:#a3231c;font-weight:600;font-size:.875rem}b .note,strong .note,small .note,td "
    ".note{display:block;white-space:normal}";

class Writer {
 public:
  Writer(const Copy& copy, const Design& design)
      : copy_(copy), design_(design), texts_(Texts::of(copy.language)) {}

  std::string page() {
    out_ = openPage(copy_.documentTitle, copy_.author, copy_.language,
                    std::string(style_rules) + std::string(copy_.faults.empty() ? "" : fault_rules));
    out_ += "<main>";
    head();
    if (copy_.notice) notice(*copy_.notice);
    facts(copy_.references);
    for (const auto& note : copy_.notes) element("p", note, " class=\"pre\"");
    lines();
    sums();
    vat();
    payment();
    more();
    foot();
    return std::move(out_) + "</main></body></html>\n";
  }

 private:
  void element(const char* name, std::string_view text, std::string_view attributes = "") {
    if (text.empty()) return;
    out_ += std::string("<") + name + std::string(attributes) + ">" + escapedHtml(text) + "</" + name + ">";
  }
  // The text, framed where it is marked, and the words about it.
  void marked(const char* name, std::string_view text, std::size_t fault) {
    if (fault == no_fault) return element(name, text);
    out_ += std::string("<") + name + "><span class=\"fault\">" + escapedHtml(text) + "</span>";
    note(fault, "span");
    out_ += std::string("</") + name + ">";
  }
  void note(std::size_t fault, const char* name) {
    if (fault != no_fault && !copy_.faults[fault].empty())
      element(name, "\u2191 " + copy_.faults[fault], " class=\"note\"");
  }
  static std::size_t faultOf(const std::vector<MarkedLine>& marks, std::size_t line) {
    for (const MarkedLine& marked : marks)
      if (marked.line == line) return marked.fault;
    return no_fault;
  }
  std::string word(const char* key) const { return std::string(texts_.word(key)); }

  void facts(const std::vector<Fact>& facts) {
    if (facts.empty()) return;
    out_ += "<dl>";
    for (const Fact& fact : facts) {
      out_ += fact.fault == no_fault ? "<div>" : "<div><div class=\"fault\">";
      element("dt", fact.label);
      element("dd", fact.value);
      out_ += "</div>";
      if (fact.fault == no_fault) continue;
      note(fact.fault, "p");
      out_ += "</div>";
    }
    out_ += "</dl>";
  }

  void mark() {
    if (!copy_.initials.empty())
      out_ +=
          "<svg xmlns=\"http://www.w3.org/2000/svg\" aria-hidden=\"true\" viewBox=\"0 0 40 40\"><rect "
          "width=\"40\" "
          "height=\"40\" rx=\"7\" fill=\"" +
          hexText(design_.accent) +
          "\"/><text x=\"20\" y=\"27\" font-size=\"18\" text-anchor=\"middle\" fill=\"" +
          (contrastWithWhite(design_.accent) >= 4.5 ? "#fff" : hexText(ink)) + "\">" +
          escapedHtml(copy_.initials) + "</text></svg>";
    element("span", copy_.brandName);
  }

  void head() {
    out_ += "<div class=\"brand\">";
    if (const std::string logo = logoDataUrl(design_.logo); !logo.empty())
      out_ += "<img alt=\"" + escapedHtml(copy_.company) + "\" src=\"" + logo + "\">";
    else
      mark();
    out_ += "</div>";
    element("h1", copy_.title);
    element("p", copy_.underTitle);
    facts(copy_.titleFacts);
    if (!copy_.dueAmount.empty()) {
      out_ += "<section class=\"due\">";
      element("span", copy_.dueLabel, " class=\"dim\"");
      marked("b", copy_.dueAmount, copy_.dueFault);
      marked("strong", copy_.dueSentence, copy_.dueSentenceFault);
      facts(copy_.dueFacts);
      out_ += "</section>";
    }
    if (copy_.address.empty()) return;
    element("p", copy_.addressLabel, " class=\"dim\"");
    out_ += "<address>";
    lines(copy_.address, copy_.addressFaults);
    out_ += "</address>";
  }

  void lines(const std::vector<std::string>& lines, const std::vector<MarkedLine>& faults) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) out_ += "<br>";
      const std::size_t fault = faultOf(faults, i);
      if (fault == no_fault) {
        out_ += escapedHtml(lines[i]);
      } else {
        element("span", lines[i], " class=\"fault\"");
        out_ += ' ';
        note(fault, "span");
      }
    }
  }

  void notice(const Notice& notice) {
    out_ += notice.boxed ? "<section class=\"box\">" : "<section>";
    element("h2", notice.heading);
    element("p", notice.text);
    out_ += "</section>";
  }

  void content(const std::string& text, std::size_t fault) {
    if (fault == no_fault) {
      out_ += escapedHtml(text);
      return;
    }
    element("span", text, " class=\"fault\"");
    note(fault, "span");
  }

  static std::size_t faultOf(const TableRow& row, Cell cell) {
    for (const auto& [marked, fault] : row.cellFaults)
      if (marked == cell) return fault;
    return no_fault;
  }

  void cell(const std::string& label, const std::string& value, std::size_t fault) {
    out_ += "<td class=\"n\" data-l=\"" + escapedHtml(label) + "\">";
    content(value, fault);
    out_ += "</td>";
  }

  void row(const TableRow& row) {
    const Table& table = copy_.table;
    if (row.heading) {
      out_ += "<tr><td class=\"name\" colspan=\"6\"><b>" + escapedHtml(row.name) + "</b></td></tr>";
      return;
    }
    out_ += "<tr>";
    if (table.hasArticles) {
      out_ += "<td data-l=\"" + escapedHtml(table.article) + "\">";
      content(row.article, faultOf(row, Cell::article));
      out_ += "</td>";
    }
    out_ += "<td class=\"name\">";
    content(row.name, faultOf(row, Cell::name));
    for (std::size_t i = 0; i < row.under.size(); ++i)
      marked("small", row.under[i], faultOf(row.underFaults, i));
    out_ += "</td>";
    cell(table.quantity, row.unit.empty() ? row.quantity : row.quantity + "\u00A0" + row.unit,
         std::min(faultOf(row, Cell::quantity), faultOf(row, Cell::unit)));
    cell(table.price, row.price, faultOf(row, Cell::price));
    if (table.hasVat) cell(table.vat, row.vat, faultOf(row, Cell::vat));
    out_ += "<td class=\"n sum\">";
    content(row.amount, faultOf(row, Cell::amount));
    out_ += "</td></tr>";
  }

  void lines() {
    const Table& table = copy_.table;
    if (table.rows.empty()) return;
    out_ += "<table class=\"lines\"><thead><tr>";
    if (table.hasArticles) element("th", table.article);
    element("th", table.name);
    element("th", table.quantity, " class=\"n\"");
    element("th", table.price, " class=\"n\"");
    if (table.hasVat) element("th", table.vat, " class=\"n\"");
    element("th", table.amount, " class=\"n\"");
    out_ += "</tr></thead><tbody>";
    const std::size_t shown = std::min(table.rows.size(), readable_lines_max);
    for (std::size_t i = 0; i < shown; ++i) row(table.rows[i]);
    out_ += "</tbody></table>";
    if (shown < table.rows.size())
      element("p", texts_.sentence("copy.line.rest", {{"count", std::to_string(table.rows.size() - shown)}}));
  }

  void pair(const Fact& fact) {
    out_ += "<tr><td>" + escapedHtml(fact.label) + "</td><td class=\"n\">";
    content(fact.value, fact.fault);
    out_ += "</td></tr>";
  }

  void sums() {
    if (copy_.sums.empty() && copy_.total.empty()) return;
    out_ += "<table class=\"gap\"><tbody>";
    for (const Fact& sum : copy_.sums) pair(sum);
    if (!copy_.total.empty()) {
      out_ += "<tr class=\"total\"><td>" + escapedHtml(copy_.totalLabel) + "</td><td class=\"n\">";
      content(copy_.total, copy_.totalFault);
      out_ += "</td></tr>";
    }
    out_ += "</tbody></table>";
    for (const auto& note : copy_.vatNotes) element("p", note);
    facts(copy_.vatFacts);
  }

  void vatRow(const VatRow& row) {
    out_ += "<tr><td>";
    content(row.rate, row.fault);
    element("small", row.reason);
    out_ += "</td><td class=\"n\">" + escapedHtml(row.base) + "</td><td class=\"n\">" + escapedHtml(row.vat) +
            "</td></tr>";
  }

  void vat() {
    if (copy_.vat.empty()) return;
    out_ += "<table class=\"gap\"><thead><tr>";
    element("th", word("copy.vat.heading"));
    element("th", word("copy.vat.base"), " class=\"n\"");
    element("th", word("copy.vat.vat"), " class=\"n\"");
    out_ += "</tr></thead><tbody>";
    for (const VatRow& row : copy_.vat) vatRow(row);
    out_ += "</tbody>";
    if (copy_.vatSum) {
      out_ += "<tfoot>";
      vatRow(*copy_.vatSum);
      out_ += "</tfoot>";
    }
    out_ += "</table>";
  }

  void payment() {
    if (copy_.code) {
      const std::string side = std::to_string(copy_.code->qr.modules + 8);
      out_ +=
          "<h2>" + escapedHtml(copy_.code->heading) +
          "</h2><div class=\"code\"><svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"QR\" "
          "shape-rendering=\"crispEdges\" viewBox=\"-4 -4 " +
          side + " " + side + "\"><path d=\"" + codeAsPath(copy_.code->qr) + "\"/></svg><div>";
      element("p", copy_.code->sentence);
      facts(copy_.code->facts);
      out_ += "</div></div>";
    }
    for (const Paragraph& words : copy_.payment) paragraph(words);
  }

  void paragraph(const Paragraph& words) {
    out_ += "<p class=\"pre\">";
    if (!words.lead.empty()) out_ += "<b>" + escapedHtml(words.lead) + "</b> ";
    out_ += escapedHtml(words.text) + "</p>";
  }

  void more() {
    for (const Paragraph& words : copy_.more) paragraph(words);
    if (copy_.attachments.empty()) return;
    element("h2", word("copy.more.attachments"));
    out_ += "<ul>";
    for (const Fact& attachment : copy_.attachments) {
      out_ += "<li>";
      content(attachment.label, attachment.fault);
      if (!attachment.value.empty())
        out_ += " <span class=\"dim\">" + escapedHtml(attachment.value) + "</span>";
      out_ += "</li>";
    }
    out_ += "</ul>";
  }

  void foot() {
    out_ += "<footer>";
    const std::vector<std::string>* columns[] = {&copy_.footCompany, &copy_.footContact, &copy_.footNumbers};
    for (std::size_t i = 0; i < 3; ++i) {
      out_ += "<div>";
      lines(*columns[i], copy_.footFaults[i]);
      out_ += "</div>";
    }
    out_ += "</footer>";
  }

  const Copy& copy_;
  const Design& design_;
  const Texts& texts_;
  std::string out_;
};

}  // namespace

std::string readableHtml(const Copy& copy, const Design& design) {
  return Writer(copy, design).page();
}

}  // namespace postgang::render
