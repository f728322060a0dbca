#include "formats/workbook.h"

#include <algorithm>
#include <charconv>

#include "base/decimal.h"
#include "base/text.h"
#include "base/time.h"
#include "formats/xml_pieces.h"
#include "xml/encoding.h"
#include "xml/parse.h"

namespace postgang::formats {
namespace {

constexpr std::size_t strings_max = 5'000'000;
constexpr std::size_t styles_max = 100'000;
constexpr int excel_digits = 15;

std::size_t numberOf(std::string_view text, std::size_t otherwise = 0) {
  std::size_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() ? number : otherwise;
}

const ArchiveEntry* entryNamed(const std::vector<ArchiveEntry>& entries, std::string_view name) {
  const auto found = std::ranges::find(entries, name, &ArchiveEntry::name);
  return found == entries.end() ? nullptr : &*found;
}

// "xl/worksheets/sheet3.xml" of the first sheet, by its relation's id; the last part of the path will do.
std::string firstSheetName(const xml::Tree& book, const ArchiveEntry* relations) {
  const auto id = book.root().child("sheets").child("sheet").attribute(
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id");
  if (relations && !id.empty()) {
    if (const auto tree = xml::parse(relations->bytes)) {
      for (const auto relation : tree->root().children("Relationship")) {
        if (relation.attribute("Id") != id) continue;
        const auto target = relation.attribute("Target");
        return std::string(target.substr(target.find_last_of('/') + 1));
      }
    }
  }
  return "sheet1.xml";
}

// A string in pieces of different type (18.4.8); what shows how to read it (rPh) is no part of it.
std::string textOf(xml::Element string) {
  std::string text(string.child("t").text());
  for (const auto run : string.children("r")) text += run.child("t").text();
  return text;
}

Result<std::vector<std::string>> sharedStrings(std::string_view text) {
  std::vector<std::string> strings;
  XmlPieces pieces(text, "si");
  while (pieces.more()) {
    TRY(const auto tree, pieces.next());
    for (const auto string : tree.root().children("si")) strings.push_back(textOf(string));
    if (strings.size() > strings_max) return spreadsheetDamaged("The workbook has too many texts.");
  }
  return strings;
}

// ISO dates and times: 14 to 22, 45 to 47; 27 to 36 and 50 to 58 are those of East Asia.
bool isBuiltInDate(std::size_t id) {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

Workbook::Format formatOf(std::size_t id, std::string_view code) {
  if (isBuiltInDate(id) || isDateFormat(code)) return {Workbook::NumberForm::date, 0};
  const bool zeros = !code.empty() && std::ranges::all_of(code, [](char c) { return c == '0'; });
  if (zeros && code.size() > 1) return {Workbook::NumberForm::padded, std::min<std::size_t>(code.size(), 50)};
  return {};
}

Result<std::vector<Workbook::Format>> formatsOf(const ArchiveEntry* styles) {
  std::vector<Workbook::Format> formats;
  if (!styles) return formats;
  TRY(const auto tree, xml::parse(styles->bytes));
  std::vector<std::pair<std::size_t, std::string>> codes;
  for (const auto format : tree.root().child("numFmts").children("numFmt"))
    if (codes.size() < styles_max)
      codes.emplace_back(numberOf(format.attribute("numFmtId")), format.attribute("formatCode"));
  std::ranges::sort(codes);
  for (const auto style : tree.root().child("cellXfs").children("xf")) {
    if (formats.size() == styles_max) break;
    const auto id = numberOf(style.attribute("numFmtId"));
    const auto code = std::ranges::lower_bound(codes, id, {}, [](const auto& one) { return one.first; });
    const bool custom = code != codes.end() && code->first == id;
    formats.push_back(formatOf(id, custom ? std::string_view(code->second) : std::string_view()));
  }
  return formats;
}

// "AB12" → 27: columns are letters, counted from 0.
std::optional<std::size_t> columnOf(std::string_view reference) {
  std::size_t column = 0, letters = 0;
  while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z' && letters < 4)
    column = column * 26 + static_cast<std::size_t>(reference[letters++] - 'A' + 1);
  if (letters == 0 || letters > 3) return std::nullopt;
  return column - 1;
}

struct Book {
  const std::vector<std::string>& strings;
  const std::vector<Workbook::Format>& formats;
  bool from1904;
};

std::string shownNumber(const Book& book, std::string_view written, std::size_t style) {
  const auto format = style < book.formats.size() ? book.formats[style] : Workbook::Format{};
  if (format.form == Workbook::NumberForm::date) {
    auto date = dateOfSerial(written, book.from1904);
    if (!date.empty()) return date;
  }
  auto number = plainNumber(written);
  if (format.form == Workbook::NumberForm::padded && number.size() < format.digits &&
      digitsOf(number) == number)
    number.insert(0, format.digits - number.size(), '0');
  return number;
}

Cell cellOf(const Book& book, xml::Element element) {
  Cell cell;
  const auto type = element.attribute("t");
  const auto value = element.child("v");
  if (element.child("f")) cell.remark = value ? CellRemark::formula : CellRemark::formula_empty;
  if (type == "inlineStr") {
    cell.text = textOf(element.child("is"));
  } else if (type == "s") {
    const auto index = numberOf(value.text(), book.strings.size());
    if (index < book.strings.size()) cell.text = book.strings[index];
  } else if (type == "e") {
    cell.text = value.text();
    cell.remark = CellRemark::error_value;
  } else if (type == "b") {
    cell.text = value.text() == "1" ? "TRUE" : "FALSE";
  } else if (type == "str" || type == "d") {
    cell.text = value.text();
  } else if (value) {
    cell.text = shownNumber(book, value.text(), numberOf(element.attribute("s")));
  }
  return cell;
}

Outcome readRow(const Book& book, xml::Element element, const SpreadsheetLimits& limits, SheetRow& row) {
  row.number = static_cast<std::int64_t>(std::min<std::size_t>(
      numberOf(element.attribute("r"), static_cast<std::size_t>(row.number) + 1), 1u << 30));
  row.cells.clear();
  for (const auto one : element.children("c")) {
    const auto column = columnOf(one.attribute("r")).value_or(row.cells.size());
    // One past the limit is enough for the gate to refuse; a hostile column takes no room.
    if (column >= row.cells.size()) row.cells.resize(std::min(column, limits.columns) + 1);
    row.cells[std::min(column, limits.columns)] = cellOf(book, one);
  }
  // A cell that is only formatted is none.
  while (!row.cells.empty() && row.cells.back().text.empty() && row.cells.back().remark == CellRemark::none)
    row.cells.pop_back();
  return {};
}

}  // namespace

std::string plainNumber(std::string_view written) {
  auto text = std::string(trimmed(written));
  int exponent = 0;
  if (const auto e = text.find_first_of("eE"); e != std::string::npos) {
    const auto* from = text.data() + e + 1;
    if (*from == '+') ++from;
    const auto end = std::from_chars(from, text.data() + text.size(), exponent);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || exponent < -30 || exponent > 30)
      return text;
    text.resize(e);
  }
  auto number = Decimal::parse(text);
  if (!number) return std::string(trimmed(written));
  // Move the point, in figures.
  auto figures = number->abs().text();
  auto point = figures.find('.');
  int scale = point == std::string::npos ? 0 : static_cast<int>(figures.size() - point - 1);
  std::erase(figures, '.');
  scale -= exponent;
  const auto first = figures.find_first_not_of('0');
  if (first == std::string::npos) return "0";
  figures.erase(0, first);
  if (scale < 0) {
    figures.append(static_cast<std::size_t>(-scale), '0');
    scale = 0;
  }
  if (static_cast<int>(figures.size()) <= scale)
    figures.insert(0, static_cast<std::size_t>(scale) + 1 - figures.size(), '0');
  if (scale > 0) figures.insert(figures.size() - static_cast<std::size_t>(scale), 1, '.');
  auto moved = Decimal::parse((number->isNegative() ? "-" : "") + figures);
  if (!moved) return std::string(trimmed(written));
  const auto whole = static_cast<int>(std::min(figures.find('.'), figures.size()));
  const int decimals = std::clamp(excel_digits - whole, 0, Decimal::max_scale);
  return moved->roundedHalfAway(std::min(decimals, moved->scale())).normalised().text();
}

std::string dateOfSerial(std::string_view written, bool from1904) {
  const auto plain = plainNumber(written);
  const std::string_view whole = std::string_view(plain).substr(0, plain.find('.'));
  const auto serial = numberOf(whole);
  constexpr std::size_t last_serial = 2'958'465;  // 9999-12-31
  if (serial == 0 || serial > last_serial || (!from1904 && serial == 60)) return {};
  if (from1904) return Date::of(1904, 1, 1).plusDays(static_cast<int>(serial)).text();
  return Date::of(1899, 12, serial < 60 ? 31 : 30).plusDays(static_cast<int>(serial)).text();
}

bool isDateFormat(std::string_view code) {
  bool quoted = false, bracketed = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
      continue;
    }
    if (c == '[') bracketed = true;
    if (c == ']') bracketed = false;
    if (!bracketed && (c == 'y' || c == 'Y' || c == 'd' || c == 'D' || c == 'm' || c == 'M')) return true;
  }
  return false;
}

Result<Workbook> Workbook::open(std::string_view bytes, const SpreadsheetLimits& limits) {
  TRY(const auto entries, unpack(bytes, limits.archive));
  const auto* book = entryNamed(entries, "workbook.xml");
  if (!book)
    return fail(ProblemKind::unsupported, "spreadsheet-unknown",
                "This is neither a CSV file nor an Excel workbook (.xlsx).", {},
                "Save it as .xlsx or CSV and send it again.");
  TRY(const auto tree, xml::parse(book->bytes));
  Workbook workbook;
  const auto date1904 = tree.root().child("workbookPr").attribute("date1904");
  workbook.from1904_ = date1904 == "1" || date1904 == "true";
  TRY(workbook.formats_, formatsOf(entryNamed(entries, "styles.xml")));
  if (const auto* strings = entryNamed(entries, "sharedStrings.xml")) {
    TRY(const auto text, xml::toUtf8(strings->bytes));
    TRY(workbook.strings_, sharedStrings(text));
  }
  const auto* sheet = entryNamed(entries, firstSheetName(tree, entryNamed(entries, "workbook.xml.rels")));
  if (!sheet) return spreadsheetDamaged("The workbook has no sheet.");
  TRY(workbook.sheet_, xml::toUtf8(sheet->bytes));
  return workbook;
}

Outcome Workbook::rows(const RowVisitor& visit, const SpreadsheetLimits& limits) const {
  RowGate gate(limits, visit);
  const Book book{strings_, formats_, from1904_};
  XmlPieces pieces(sheet_, "row");
  SheetRow row;
  while (pieces.more() && !gate.ended()) {
    TRY(const auto tree, pieces.next());
    for (const auto element : tree.root().children("row")) {
      CHECK_OK(readRow(book, element, limits, row));
      CHECK_OK(gate.pass(row));
      if (gate.ended()) break;
    }
  }
  return {};
}

}  // namespace postgang::formats
