// One connection to one database, as the statements in sql/ see it. Statements are written once: parameters
// as ?1, ?2, whole numbers as BIGINT, text as TEXT, ids as 16 bytes, digests and blobs as bytes, yes and no
// as 1 and 0, instants as microseconds, dates as days. Where the databases differ, the text comes from
// dialect.h.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/id.h"
#include "base/problem.h"
#include "base/time.h"

namespace postgang::store::sql {

enum class Dialect { sqlite, postgres };

// A value bound to a parameter. Text and bytes are views: what they look at must live until the call returns.
class Value {
 public:
  enum class Type : std::uint8_t { null, number, text, bytes, uuid };

  Value(std::nullopt_t = std::nullopt) {}  // NOLINT
  Value(std::integral auto number)
      : type_(Type::number), number_(static_cast<std::int64_t>(number)) {}            // NOLINT
  Value(std::string_view text) : type_(Type::text), view_(text) {}                    // NOLINT
  Value(const std::string& text) : type_(Type::text), view_(text) {}                  // NOLINT
  Value(const char* text) : type_(Type::text), view_(text) {}                         // NOLINT
  Value(const Uuid& id) : type_(Type::uuid), view_(id.view()) {}                      // NOLINT
  Value(const Digest& digest) : type_(Type::bytes), view_(postgang::view(digest)) {}  // NOLINT
  Value(CompanyId company) : type_(Type::number), number_(company.value) {}           // NOLINT
  Value(Instant instant) : type_(Type::number), number_(instant.microseconds) {}      // NOLINT
  Value(Date date) : type_(Type::number), number_(date.daysSinceEpoch) {}             // NOLINT
  template <typename T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value()) {}  // NOLINT
  static Value bytes(std::string_view bytes) {
    Value value;
    value.type_ = Type::bytes;
    value.view_ = bytes;
    return value;
  }

  Type type() const { return type_; }
  std::int64_t number() const { return number_; }
  std::string_view view() const { return view_; }

 private:
  Type type_ = Type::null;
  std::int64_t number_ = 0;
  std::string_view view_;
};

// One row of an answer. Views live until the visitor returns.
class Row {
 public:
  virtual bool isNull(int column) const = 0;
  virtual std::int64_t number(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;  // text, bytes and ids

 protected:
  ~Row() = default;
};

// Reads a row's columns from left to right: Columns c(row); entry.number = c.text(); …
class Columns {
 public:
  explicit Columns(const Row& row, int first = 0) : row_(row), next_(first) {}
  bool isNull() const { return row_.isNull(next_); }
  void skip(int columns = 1) { next_ += columns; }
  std::int64_t number() { return row_.number(next_++); }
  int small() { return static_cast<int>(number()); }
  bool yes() { return number() != 0; }
  std::string text() { return std::string(row_.bytes(next_++)); }
  std::string_view view() { return row_.bytes(next_++); }  // lives until the visitor returns
  template <typename T>
  T id() {
    return T(uuid());
  }
  Uuid uuid();
  Digest digest();
  CompanyId company() { return CompanyId{number()}; }
  Instant instant() { return Instant{number()}; }
  Date date() { return Date{static_cast<std::int32_t>(number())}; }
  Decimal decimal() { return Decimal::parse(view()).value_or(Decimal()); }
  // A column that may be empty: c.maybe([](Columns& c) { return c.date(); })
  template <typename Read>
  auto maybe(Read read) -> std::optional<decltype(read(*this))> {
    if (!isNull()) return read(*this);
    ++next_;
    return std::nullopt;
  }

 private:
  const Row& row_;
  int next_;
};

// A reference to a callable; cheaper than std::function and never owns.
class RowVisitor {
 public:
  template <typename F>
  requires(!std::same_as<std::remove_cvref_t<F>, RowVisitor>)
      RowVisitor(F&& f)  // NOLINT: lambdas become visitors
      : object_(const_cast<void*>(static_cast<const void*>(std::addressof(f)))),
        call_(
            [](void* object, const Row& row) { (*static_cast<std::remove_reference_t<F>*>(object))(row); }) {}
  void operator()(const Row& row) const { call_(object_, row); }

 private:
  void* object_;
  void (*call_)(void*, const Row&);
};

class Connection {
 public:
  virtual ~Connection() = default;
  virtual Dialect dialect() const = 0;

  // Runs a prepared statement; `sql` is its own key in the cache. Answers how many rows were read or changed.
  // A visitor may run other statements, not the same one.
  virtual Result<std::int64_t> run(std::string_view sql, std::span<const Value> values, RowVisitor visit) = 0;
  Result<std::int64_t> run(std::string_view sql, std::initializer_list<Value> values, RowVisitor visit) {
    return run(sql, std::span(values.begin(), values.size()), visit);
  }
  Result<std::int64_t> run(std::string_view sql, std::initializer_list<Value> values = {}) {
    return run(sql, std::span(values.begin(), values.size()), [](const Row&) {});
  }
  // A statement whose answer nobody waits for. It may be sent together with the next ones; if it fails, the
  // next statement that is waited for, or the commit, says so.
  virtual Outcome later(std::string_view sql, std::span<const Value> values) {
    CHECK_OK(run(sql, values, [](const Row&) {}));
    return {};
  }
  Outcome later(std::string_view sql, std::initializer_list<Value> values) {
    return later(sql, std::span(values.begin(), values.size()));
  }
};

}  // namespace postgang::store::sql
