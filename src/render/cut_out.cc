// The piece of a copy around a mark. Facts bring the facts that stand in their row, a line its columns.
#include <algorithm>

#include "render/faults.h"
#include "render/html.h"
#include "render/layout.h"

namespace postgang::render {
namespace {

using Part = FaultSpot::Part;

constexpr std::size_t row_facts = 4;  // of the references, as on the page
constexpr std::size_t value_points_shown = 80;

int pageOf(const Layout& layout, std::size_t fault) {
  for (std::size_t page = 0; page < layout.pages.size(); ++page)
    for (const Item& item : layout.pages[page].items)
      if (const auto* frame = std::get_if<FaultFrame>(&item); frame && frame->fault == fault)
        return static_cast<int>(page) + 1;
  return 1;
}

class Cutter {
 public:
  Cutter(const MarkedCopy& marked, Language language)
      : copy_(marked.copy), texts_(Texts::of(language)), language_(language) {}

  std::string heading(const FaultSpot& spot, int page) const {
    const bool isLine = spot.part == Part::table_cell || spot.part == Part::table_under;
    const bool isCredit = copy_.kind == document::Kind::credit_note;
    return texts_.sentence(
        std::string("copy.mark.heading") + (isCredit ? "Credit" : "") + (isLine ? "Line" : ""),
        {{"page", std::to_string(page)}, {"line", std::to_string(spot.index + 1)}});
  }

  std::vector<CutOut::Cell> cells(const FaultSpot& spot) const {
    switch (spot.part) {
      case Part::title_facts:
        return row(copy_.titleFacts, spot.fault);
      case Part::due_facts:
        return row(copy_.dueFacts, spot.fault);
      case Part::references:
        return row(copy_.references, spot.fault);
      case Part::sums:
        return row(copy_.sums, spot.fault);
      case Part::vat_facts:
        return row(copy_.vatFacts, spot.fault);
      case Part::attachments:
        return row(copy_.attachments, spot.fault);
      case Part::due_amount:
      case Part::due_sentence:
      case Part::total:
        return amounts();
      case Part::table_cell:
      case Part::table_under:
        return line(copy_.table.rows[spot.index]);
      case Part::vat:
        return vat(copy_.vat[spot.index]);
      case Part::address:
        return party("copy.mark.customer", copy_.address, copy_.addressFaults, spot);
      case Part::foot:
        return seller(spot);
    }
    return {};
  }

 private:
  CutOut::Cell cell(std::string label, std::string value, std::size_t fault) const {
    CutOut::Cell made{std::move(label), truncated(value, value_points_shown), fault != no_fault, {}};
    if (codePoints(value) > value_points_shown) made.value += "…";
    if (made.marked) made.note = copy_.faults[fault];
    return made;
  }

  // The facts of the marked one's row.
  std::vector<CutOut::Cell> row(const std::vector<Fact>& facts, std::size_t fault) const {
    std::size_t at = 0;
    while (at < facts.size() && facts[at].fault != fault) ++at;
    std::vector<CutOut::Cell> cells;
    const std::size_t first = at / row_facts * row_facts;
    for (std::size_t i = first; i < std::min(first + row_facts, facts.size()); ++i)
      cells.push_back(cell(facts[i].label, facts[i].value, facts[i].fault));
    return cells;
  }

  std::vector<CutOut::Cell> amounts() const {
    std::vector<CutOut::Cell> cells;
    if (!copy_.dueAmount.empty()) cells.push_back(cell(copy_.dueLabel, copy_.dueAmount, copy_.dueFault));
    if (!copy_.dueSentence.empty())
      cells.push_back(cell(std::string(document::title(Term::BT_9, language_)), copy_.dueSentence,
                           copy_.dueSentenceFault));
    if (copy_.totalFault != no_fault) cells.push_back(cell(copy_.totalLabel, copy_.total, copy_.totalFault));
    return cells;
  }

  std::vector<CutOut::Cell> line(const TableRow& row) const {
    const auto faultOf = [&](Cell wanted) {
      for (const auto& [marked, fault] : row.cellFaults)
        if (marked == wanted) return fault;
      return no_fault;
    };
    std::vector<CutOut::Cell> cells;
    const auto add = [&](const std::string& label, const std::string& value, Cell column) {
      if (!value.empty()) cells.push_back(cell(label, value, faultOf(column)));
    };
    const Table& table = copy_.table;
    if (table.hasArticles) add(table.article, row.article, Cell::article);
    add(table.name, row.name, Cell::name);
    add(table.quantity, row.quantity, Cell::quantity);
    if (faultOf(Cell::unit) != no_fault) add(table.unit, row.unit, Cell::unit);
    if (faultOf(Cell::price) != no_fault) add(table.price, row.price, Cell::price);
    if (faultOf(Cell::vat) != no_fault) add(table.vat, row.vat, Cell::vat);
    for (const MarkedLine& marked : row.underFaults)
      cells.push_back(underCell(row.under[marked.line], marked));
    add(table.amount, row.amount, Cell::amount);
    return cells;
  }

  // "Orderrad: saknas" is label and value; other words are a value alone.
  CutOut::Cell underCell(const std::string& text, const MarkedLine& marked) const {
    const auto colon = text.find(": ");
    if (colon == std::string::npos)
      return cell(std::string(texts_.word("copy.mark.line")), text, marked.fault);
    return cell(text.substr(0, colon), text.substr(colon + 2), marked.fault);
  }

  std::vector<CutOut::Cell> vat(const VatRow& row) const {
    return {cell(std::string(texts_.word("copy.vat.heading")), row.rate, row.fault),
            cell(std::string(texts_.word("copy.vat.base")), row.base, no_fault),
            cell(std::string(texts_.word("copy.vat.vat")), row.vat, no_fault)};
  }

  // Who it is, and the marked line.
  std::vector<CutOut::Cell> party(const char* key, const std::vector<std::string>& lines,
                                  const std::vector<MarkedLine>& faults, const FaultSpot& spot) const {
    std::vector<CutOut::Cell> cells;
    for (const MarkedLine& marked : faults) {
      if (marked.fault != spot.fault) continue;
      if (marked.line > 0) cells.push_back(cell(std::string(texts_.word(key)), lines[0], no_fault));
      cells.push_back(cell(std::string(document::title(spot.term, language_)), spot.value, marked.fault));
    }
    return cells;
  }

  std::vector<CutOut::Cell> seller(const FaultSpot& spot) const {
    const std::vector<std::string>* columns[] = {&copy_.footCompany, &copy_.footContact, &copy_.footNumbers};
    auto cells = party("copy.mark.seller", *columns[spot.inner], copy_.footFaults[spot.inner], spot);
    if (!cells.empty() && !cells.front().marked) cells.erase(cells.begin());
    if (!copy_.company.empty() && (cells.empty() || cells.front().value != copy_.company))
      cells.insert(cells.begin(),
                   cell(std::string(texts_.word("copy.mark.seller")), copy_.company, no_fault));
    return cells;
  }

  const Copy& copy_;
  const Texts& texts_;
  Language language_;
};

bool marksTheSame(const std::vector<CutOut::Cell>& a, const std::vector<CutOut::Cell>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    return x.label == y.label && x.value == y.value && x.marked == y.marked && x.note == y.note;
  });
}

}  // namespace

std::vector<CutOut> cutOuts(const document::BusinessDocument& document, const Design& design,
                            Language language, const std::vector<FaultMark>& marks) {
  std::vector<CutOut> pieces;
  if (marks.empty()) return pieces;
  const auto marked = markedCopyOf(document, design, Channel::email, language, marks);
  const Layout layout = layOut(marked.copy, design);
  const Cutter cutter(marked, language);
  for (const FaultSpot& spot : marked.spots) {
    CutOut piece;
    piece.page = pageOf(layout, spot.fault);
    piece.heading = cutter.heading(spot, piece.page);
    piece.cells = cutter.cells(spot);
    const bool isThere = std::any_of(pieces.begin(), pieces.end(), [&](const CutOut& other) {
      return other.page == piece.page && marksTheSame(other.cells, piece.cells);
    });
    if (!isThere && !piece.cells.empty()) pieces.push_back(std::move(piece));
  }
  return pieces;
}

std::string cutOutHtml(const CutOut& piece) {
  constexpr std::string_view font = "font-family:Inter,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
  std::string out =
      "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" style=\"";
  out += "border:1px solid #d9dce3;border-radius:6px;border-collapse:separate;";
  out += font;
  out +=
      ";color:#16181d\"><tr><td style=\"padding:9px 12px;border-bottom:1px solid #d9dce3;font-size:13px;"
      "line-height:18px;color:#5b6270\">" +
      escapedHtml(piece.heading) + "</td></tr><tr><td style=\"padding:6px 6px 10px;font-size:0\">";
  for (const CutOut::Cell& cell : piece.cells) {
    // Cells stand beside each other while there is room, without a media query.
    out +=
        "<div style=\"display:inline-block;vertical-align:top;max-width:100%;min-width:104px;margin:3px\">"
        "<div style=\"padding:6px 9px;border:2px solid ";
    out += cell.marked ? "#a3231c;border-radius:4px;background:#fdf2f0" : "transparent";
    out += "\"><div style=\"font-size:12px;line-height:16px;color:";
    out += cell.marked ? "#a3231c;font-weight:600" : "#5b6270";
    out += "\">" + escapedHtml(cell.label) + "</div><div style=\"font-size:15px;line-height:21px";
    out += cell.marked ? ";font-weight:600" : "";
    out += "\">" + escapedHtml(cell.value) + "</div></div>";
    if (cell.marked && !cell.note.empty())
      out +=
          "<div style=\"padding:4px 11px 0;max-width:260px;font-size:13px;line-height:18px;font-weight:600;"
          "color:#a3231c\">&#8593; " +
          escapedHtml(cell.note) + "</div>";
    out += "</div>";
  }
  return out + "</td></tr></table>";
}

}  // namespace postgang::render
