#include "formats/workbook_writer.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <mutex>
#include <optional>
#include <utility>

#include <xlsxwriter.h>

#include "base/calendar.h"
#include "base/text.h"

namespace postgang::formats {
namespace {

constexpr std::size_t rows_max = 1'048'576, columns_max = 200, name_max = 31, cell_points_max = 32'767;
constexpr int column_width = 22, words_width = 100;  // in characters
constexpr std::size_t block = 65'536;
constexpr std::size_t digits_max = 15;              // of a number, in Excel
constexpr int first_year = 1900, last_year = 9999;  // that Excel has dates of
constexpr int minutes_per_hour = 60;
constexpr std::int64_t seconds_a_day = 86'400;

// A file in memory; the library opens it by the name that the kernel has for it.
class MemoryFile {
 public:
  MemoryFile() : handle_(memfd_create("workbook", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (handle_ >= 0) close(handle_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  bool good() const { return handle_ >= 0; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(handle_); }
  // Absent: it cannot be read.
  std::optional<std::string> bytes() const {
    std::string out, part(block, '\0');
    while (true) {
      const auto got = pread(handle_, part.data(), part.size(), static_cast<off_t>(out.size()));
      if (got < 0) return std::nullopt;
      if (got == 0) return out;
      out.append(part, 0, static_cast<std::size_t>(got));
    }
  }

 private:
  const int handle_;
};

void assertSheetName([[maybe_unused]] std::string_view sheet) {
  assert(!sheet.empty() && codePoints(sheet) <= name_max && sheet.find_first_of("[]:*?/\\") == sheet.npos);
}

Problem notWritten(std::string_view detail) {
  return {ProblemKind::internal, "workbook-not-written", std::string(detail), {}, {}, {}};
}

}  // namespace

struct WorkbookWriter::Book {
  std::optional<MemoryFile> file;  // absent: a file that has a name
  std::string path;
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_format* text = nullptr;
  lxw_format* heading = nullptr;
  lxw_format* amount = nullptr;
  lxw_format* day = nullptr;
  lxw_format* moment = nullptr;
  lxw_format* count = nullptr;
  lxw_format* share = nullptr;
  lxw_format* duration = nullptr;
  lxw_row_t rows = 0;
  std::size_t columns = 1;

  bool isWhole() const {
    return (!file || file->good()) && workbook && sheet && text && heading && amount && day && moment &&
           count && share && duration;
  }
  lxw_format* formatOf(const char* shown) const {
    auto* format = workbook_add_format(workbook);
    if (format) format_set_num_format(format, shown);
    return format;
  }
  void write(lxw_row_t row, lxw_col_t column, const std::string& cell) {
    if (cell.empty()) return;
    auto words = withoutControls(cell);
    if (codePoints(words) > cell_points_max) words = truncated(words, cell_points_max - 1) + "…";
    worksheet_write_string(sheet, row, column, words.c_str(), row == 0 ? heading : text);
  }
  void write(lxw_row_t row, lxw_col_t column, const Decimal& cell) { write(row, column, cell, amount); }
  void write(lxw_row_t row, lxw_col_t column, WorkbookCount cell) {
    write(row, column, Decimal(cell.value), count);
  }
  void write(lxw_row_t row, lxw_col_t column, WorkbookShare cell) {
    write(row, column, Decimal::fromScaled(cell.tenThousandths, 4), share);
  }
  void write(lxw_row_t row, lxw_col_t column, WorkbookDuration cell) {
    write(row, column, Decimal(cell.seconds).dividedBy(Decimal(seconds_a_day), 10).value_or(Decimal()),
          duration);
  }
  void write(lxw_row_t row, lxw_col_t column, const Decimal& cell, lxw_format* format) {
    const auto digits = cell.text();
    double number = 0;  // tidy: Excel knows no other numbers; what it would round is written as a text
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc() || digitsOf(digits).size() > digits_max) return write(row, column, digits);
    worksheet_write_number(sheet, row, column, number, format);
  }
  void write(lxw_row_t row, lxw_col_t column, Date cell) { write(row, column, cell, 0, day); }
  void write(lxw_row_t row, lxw_col_t column, Instant cell) {
    write(row, column, dateInStockholm(cell), minuteInStockholm(cell), moment);
  }
  void write(lxw_row_t row, lxw_col_t column, Date date, int minute, lxw_format* format) {
    const auto digits = date.text();  // "2026-11-23"
    if (date.year() < first_year || date.year() > last_year) return write(row, column, digits);
    lxw_datetime at{};
    const auto part = [&](std::size_t from, std::size_t count, int& number) {
      std::from_chars(digits.data() + from, digits.data() + from + count, number);
    };
    part(0, 4, at.year);
    part(5, 2, at.month);
    part(8, 2, at.day);
    at.hour = minute / minutes_per_hour;
    at.min = minute % minutes_per_hour;
    worksheet_write_datetime(sheet, row, column, &at, format);
  }

  // It is freed by being closed.
  lxw_error end() {
    // The library asks gmtime(), whose answer all threads share.
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    return workbook_close(std::exchange(workbook, nullptr));
  }
};

WorkbookWriter::WorkbookWriter(std::string_view sheet, Instant made, const std::string& file)
    : book_(std::make_unique<Book>()) {
  assertSheetName(sheet);
  auto& book = *book_;
  if (file.empty()) book.file.emplace();
  book.path = book.file ? book.file->path() : file;
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;  // rows are written as they come, their texts beside them
  book.workbook = workbook_new_opt(book.path.c_str(), &options);
  if (!book.workbook) return;
  lxw_doc_properties properties{};
  properties.created = static_cast<time_t>(made.microseconds / 1'000'000);
  workbook_set_properties(book.workbook, &properties);
  book.sheet = workbook_add_worksheet(book.workbook, std::string(sheet).c_str());
  book.text = book.formatOf("@");
  book.heading = book.formatOf("@");
  book.amount = book.formatOf("#,##0.00");
  book.day = book.formatOf("yyyy-mm-dd");
  book.moment = book.formatOf("yyyy-mm-dd hh:mm");
  book.count = book.formatOf("#,##0");
  book.share = book.formatOf("0.0%");
  book.duration = book.formatOf("[h]:mm:ss");
  if (!book.isWhole()) return;
  format_set_bold(book.heading);
  worksheet_freeze_panes(book.sheet, 1, 0);
}

WorkbookWriter::~WorkbookWriter() {
  if (book_ && book_->workbook) book_->end();
}

void WorkbookWriter::add(const std::vector<std::string>& cells) {
  addCells({cells.begin(), cells.end()});
}

void WorkbookWriter::addCells(const std::vector<WorkbookCell>& cells) {
  auto& book = *book_;
  assert(book.rows < rows_max && cells.size() <= columns_max);
  book.columns = std::max(book.columns, cells.size());
  const auto row = book.rows++;
  if (!book.isWhole()) return;  // finish() says so
  for (std::size_t i = 0; i < cells.size(); ++i)
    std::visit([&](const auto& cell) { book.write(row, static_cast<lxw_col_t>(i), cell); }, cells[i]);
}

void WorkbookWriter::addSheet(std::string_view sheet, const std::vector<std::string>& lines) {
  auto& book = *book_;
  assertSheetName(sheet);
  if (!book.isWhole()) return;
  auto* const rows = book.sheet;
  book.sheet = workbook_add_worksheet(book.workbook, std::string(sheet).c_str());
  if (book.sheet) {
    worksheet_set_column(book.sheet, 0, 0, words_width, book.text);
    for (std::size_t i = 0; i < lines.size(); ++i) book.write(static_cast<lxw_row_t>(i), 0, lines[i]);
  }
  book.sheet = rows;
}

Outcome WorkbookWriter::end() {
  auto& book = *book_;
  if (!book.isWhole()) return fail(notWritten("There is no room for a workbook."));
  worksheet_set_column(book.sheet, 0, static_cast<lxw_col_t>(book.columns - 1), column_width, book.text);
  if (const auto error = book.end(); error != LXW_NO_ERROR) return fail(notWritten(lxw_strerror(error)));
  return {};
}

Outcome WorkbookWriter::finishFile() && {
  assert(!book_->file);
  return end();
}

Result<std::string> WorkbookWriter::finish() && {
  assert(book_->file);
  CHECK_OK(end());
  auto bytes = book_->file->bytes();
  if (!bytes) return fail(notWritten("It cannot be read back."));
  return std::move(*bytes);
}

}  // namespace postgang::formats
