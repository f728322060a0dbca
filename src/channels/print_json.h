// Members of a JSON object that a print house reads or writes, taken one by one; what is wrong is a Problem
// with its place. For print_batch.cc and print_receipts.cc.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/text.h"
#include "base/time.h"

namespace postgang::channels {

class PrintJson {
 protected:
  PrintJson(std::string code, std::string what) : code_(std::move(code)), what_(std::move(what)) {}

  static std::string shown(std::string_view text) { return truncated(withoutControls(text), 60); }

  tl::unexpected<Problem> wrong(std::string where, std::string_view why) const {
    return fail(
        ProblemKind::invalid, code_,
        what_ + " cannot be read: " + (where.empty() ? "it" : shown(where)) + " " + std::string(why) + ".",
        std::move(where), "Compare it with docs/print-house.md.");
  }

  Result<boost::json::object> parsed(std::string_view text, std::size_t bytesMax) const {
    if (text.size() > bytesMax) return wrong("", "is too large");
    boost::system::error_code error;
    auto value = boost::json::parse(text, error);
    if (error || !value.is_object()) return wrong("", "is not a JSON object");
    return std::move(value.get_object());
  }

  Result<std::string> word(const boost::json::object& from, std::string_view key,
                           const std::string& at) const {
    const auto* value = from.if_contains(key);
    const auto* text = value ? value->if_string() : nullptr;
    if (!text || text->size() > 4000) return wrong(at + "/" + std::string(key), "is not a text");
    return std::string(*text);
  }
  Result<int> count(const boost::json::object& from, std::string_view key, const std::string& at,
                    int most) const {
    const auto* value = from.if_contains(key);
    const auto* number = value ? value->if_int64() : nullptr;
    if (!number || *number < 0 || *number > most)
      return wrong(at + "/" + std::string(key), "is not a number of them");
    return static_cast<int>(*number);
  }
  Result<bool> truth(const boost::json::object& from, std::string_view key, const std::string& at) const {
    const auto* value = from.if_contains(key);
    const auto* is = value ? value->if_bool() : nullptr;
    if (!is) return wrong(at + "/" + std::string(key), "is neither true nor false");
    return *is;
  }
  Result<Instant> instant(const boost::json::object& from, std::string_view key,
                          const std::string& at) const {
    TRY(const auto text, word(from, key, at));
    const auto found = Instant::parse(text);
    if (!found) return wrong(at + "/" + std::string(key), "is not a time like 2026-11-24T16:00:00Z");
    return *found;
  }
  static const boost::json::array* list(const boost::json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value ? value->if_array() : nullptr;
  }

 private:
  std::string code_, what_;
};

}  // namespace postgang::channels
