// The table of lines: head, rows, carried totals.
#include <algorithm>

#include "render/parts.h"

namespace postgang::render {
namespace {

using namespace sheet;

constexpr double first_baseline = 3.85, row_foot = 1.55, name_pitch = 4.1, under_drop = 3.65,
                 under_pitch = 3.4;
constexpr double part_height_max = 60;    // a taller line comes in parts
constexpr std::size_t rows_max = 40'000;  // more than 500 pages hold

struct Columns {
  double name, quantity, unit, price, vat, amount = right;
  bool articles, vats;
};

Columns columnsOf(Typesetter& type, const Copy& copy) {
  const Table& table = copy.table;
  Columns columns{left, 126, 128, 168.9, 0, right, table.hasArticles, table.hasVat};
  if (table.hasVat) {
    columns.quantity = 128;
    columns.unit = 130.2;
    columns.price = 160.9;
    columns.vat = 172;
  }
  if (!table.hasArticles) return columns;
  double widest = 13;
  for (std::size_t i = 0; i < table.rows.size() && i < 2'000; ++i)
    if (table.rows[i].article.size() < 60)
      widest = std::max(widest, type.width(table.rows[i].article, styles::figure));
  columns.name = left + std::min(widest, 34.0) + 4;
  return columns;
}

// The lines of text that a row has, from top to bottom, before they are put into parts.
struct RowLine {
  std::string text;
  bool under = false;
  std::size_t fault = no_fault;
  bool note = false;  // about a fault, not what is marked
};

std::size_t faultOf(const TableRow& row, Cell cell) {
  for (const auto& [marked, fault] : row.cellFaults)
    if (marked == cell) return fault;
  return no_fault;
}

// What is said of a column stands under the line's name, and names the column.
std::string_view headOf(const Table& table, Cell cell) {
  switch (cell) {
    case Cell::article:
      return table.article;
    case Cell::quantity:
      return table.quantity;
    case Cell::unit:
      return table.unit;
    case Cell::price:
      return table.price;
    case Cell::vat:
      return table.vat;
    case Cell::amount:
      return table.amount;
    case Cell::name:
      break;
  }
  return {};
}

void addNote(Typesetter& type, const Copy& copy, std::size_t fault, std::string_view head, double room,
             std::vector<RowLine>& lines) {
  if (fault == no_fault || copy.faults[fault].empty()) return;
  const auto lead = head.empty() ? std::string("\u2191 ") : std::string(head) + ": ";
  for (auto& line : type.wrapped(lead + copy.faults[fault], styles::faultNote, room))
    lines.push_back({std::move(line), true, no_fault, true});
}

std::vector<RowLine> linesOf(Typesetter& type, const Copy& copy, const TableRow& row, double nameRoom,
                             double underRoom) {
  std::vector<RowLine> lines;
  for (auto& line : type.wrapped(row.name, row.heading ? styles::strongLine : styles::line, nameRoom))
    lines.push_back({std::move(line), false, faultOf(row, Cell::name)});
  if (lines.empty()) lines.push_back({});
  for (const auto& [cell, fault] : row.cellFaults)
    addNote(type, copy, fault, headOf(copy.table, cell), underRoom, lines);
  for (std::size_t i = 0; i < row.under.size(); ++i) {
    std::size_t fault = no_fault;
    for (const MarkedLine& marked : row.underFaults)
      if (marked.line == i) fault = marked.fault;
    for (auto& line : type.wrapped(row.under[i], styles::under, underRoom))
      if (!line.empty()) lines.push_back({std::move(line), true, fault});
    addNote(type, copy, fault, {}, underRoom, lines);
  }
  return lines;
}

void writeFigures(BlockWriter& write, const TableRow& row, const Columns& c) {
  constexpr double y = first_baseline;
  const auto mark = [&](Cell cell) { write.mark(faultOf(row, cell)); };
  mark(Cell::article);
  if (c.articles) write.fitted(left, y, styles::figure, row.article, c.name - left - 2);
  mark(Cell::quantity);
  write.fitted(c.quantity, y, styles::figure, row.quantity, 30, Anchor::right);
  mark(Cell::unit);
  const double priceWidth =
      row.price.empty() ? 0 : std::min(write.type().width(row.price, styles::figure), 28.0);
  write.fitted(c.unit, y, styles::line, row.unit, std::max(6.0, c.price - priceWidth - 1.5 - c.unit));
  mark(Cell::price);
  write.fitted(c.price, y, styles::figure, row.price, 28, Anchor::right);
  mark(Cell::vat);
  if (c.vats) write.fitted(c.vat, y, styles::figure, row.vat, 10.5, Anchor::right);
  mark(Cell::amount);
  write.fitted(c.amount, y, styles::figure, row.amount, c.vats ? 22 : 25, Anchor::right);
  write.mark(no_fault);
}

double drop(const RowLine& line, const RowLine* before) {
  if (!before) return 0;
  constexpr double frame_room = 1.1;
  if (line.fault != before->fault || line.note != before->note)
    return frame_room + (before->under ? under_pitch : under_drop);
  if (!line.under) return name_pitch;
  return before->under ? under_pitch : under_drop;
}

// One line of the invoice as one block, or as several where it is too tall to stay together.
void addRow(Typesetter& type, const Copy& copy, std::size_t index, const Columns& c, TableBlocks& table) {
  const TableRow& row = copy.table.rows[index];
  const double quantityWidth =
      row.quantity.empty() ? 0 : std::min(type.width(row.quantity, styles::figure), 30.0);
  const double nameRoom =
      row.heading ? right - c.name
                  : std::max(30.0, std::min(c.quantity - 14, c.quantity - quantityWidth - 3) - c.name);
  const auto lines = linesOf(type, copy, row, nameRoom, 152 - c.name);
  std::size_t at = 0;
  while (at < lines.size()) {
    BlockWriter write(type);
    if (at == 0) writeFigures(write, row, c);
    double y = first_baseline;
    const std::size_t start = at;
    for (; at < lines.size(); ++at) {
      const double next = y + drop(lines[at], at > start ? &lines[at - 1] : nullptr);
      if (next > part_height_max) break;
      y = next;
      const Style& style = lines[at].note    ? styles::faultNote
                           : lines[at].under ? styles::under
                           : row.heading     ? styles::strongLine
                                             : styles::line;
      const bool isMarked = lines[at].fault != no_fault;
      write.mark(lines[at].fault);
      write.text(row.heading ? left : c.name, y, isMarked ? styles::marked(style) : style, lines[at].text);
      write.mark(no_fault);
    }
    const bool endsFramed = lines[at - 1].fault != no_fault;
    const double height = y + row_foot + (endsFramed ? 0.6 : 0);
    if (at == lines.size()) write.paleRule(left, right, height);
    table.heights.push_back({height, row.heading});
    table.rows.push_back(write.finish(height));
    table.lineOfRow.push_back(index);
  }
}

}  // namespace

TableBlocks tablePart(Typesetter& type, const Copy& copy) {
  TableBlocks table;
  if (copy.table.rows.empty()) return table;
  const Columns c = columnsOf(type, copy);
  BlockWriter head(type);
  constexpr double y = 3.85;
  head.rule(left, right, 0, 0.35);
  if (c.articles) head.text(left, y, styles::head, copy.table.article);
  head.text(c.name, y, styles::head, copy.table.name);
  head.text(c.quantity, y, styles::head, copy.table.quantity, Anchor::right);
  if (copy.table.hasUnits) head.text(c.unit, y, styles::head, copy.table.unit);
  head.text(c.price, y, styles::head, copy.table.price, Anchor::right);
  if (c.vats) head.text(c.vat, y, styles::head, copy.table.vat, Anchor::right);
  head.text(c.amount, y, styles::head, copy.table.amount, Anchor::right);
  head.rule(left, right, table_head_height, 0.2);
  table.head = head.finish(table_head_height);
  for (std::size_t i = 0; i < copy.table.rows.size() && table.rows.size() < rows_max; ++i)
    addRow(type, copy, i, c, table);
  return table;
}

Block carriedPart(Typesetter& type, std::string words, std::string amount) {
  BlockWriter write(type);
  write.text(left, 4.0, styles::strongLine, std::move(words));
  write.text(right, 4.0, styles::strongFigure, std::move(amount), Anchor::right);
  write.rule(left, right, carried_height, 0.2);
  return write.finish(carried_height);
}

}  // namespace postgang::render
