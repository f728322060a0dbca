// One document of the demo world: what is sold, reckoned and written as a real UBL file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/demo/random.h"
#include "app/demo/world.h"
#include "base/problem.h"
#include "document/business_document.h"

namespace postgang::app::demo {

struct Line {
  const Article* article = nullptr;
  std::string name;  // as printed; the article's name when empty
  std::int64_t quantity = 1;
  std::int64_t price_ore = 0;  // per unit
  Vat vat = Vat::standard;
  std::int64_t net_ore() const { return quantity * price_ore; }
};

struct Paper {
  bool creditNote = false;
  std::string number;
  Date issued, due, from, until;  // the period that is invoiced
  const Company* seller = nullptr;
  const Company* buyer = nullptr;  // or
  const Household* household = nullptr;
  const Relation* relation = nullptr;
  std::string orderNumber, reference, costCentre, note;
  std::string bankgiro;         // other than the seller's own; mostly empty
  std::string precedingNumber;  // a credit note's invoice
  std::optional<Date> precedingDate;
  std::vector<Line> lines;
  std::optional<std::string> attachment;  // what a time sheet says
  bool terms = false;                     // the seller's terms go with it
};

// The file names of terms: what a sender need not see opened.
inline constexpr std::string_view terms_pattern = "villkor*";

// Ways to get it wrong: what no receiver can have, and (from order_missing on) what falls short of what one
// receiver demands.
enum class Mistake {
  none,
  number_missing,
  totals_off,
  seller_wrong,
  not_xml,
  order_missing,
  order_malformed,
  order_unknown,
  reference_missing,
  reference_unknown,
  cost_centre_missing,
  cost_centre_unknown,
  attachment_missing,
  issued_long_ago,
  account_unknown
};
inline bool isSlip(Mistake mistake) {
  return mistake >= Mistake::order_missing;
}
inline bool isOrderSlip(Mistake mistake) {
  return mistake >= Mistake::order_missing && mistake <= Mistake::order_unknown;
}

struct Reckoned {
  struct Rate {
    Vat vat;
    int percent = 0;
    std::int64_t taxable_ore = 0, vat_ore = 0;
  };
  std::int64_t lines_ore = 0, vat_ore = 0, total_ore = 0, rounding_ore = 0, payable_ore = 0;
  std::vector<Rate> rates;
};
Reckoned reckon(const Paper& paper);

std::vector<Line> linesFor(Random& random, const Relation& relation, const Company* buyer, Date date);

// `other` is the company that a document with Mistake::seller_wrong names as its seller.
document::BusinessDocument documentOf(const Paper& paper, Mistake mistake, const Company* other = nullptr);
Result<std::string> fileOf(const Paper& paper, Mistake mistake, const Company* other = nullptr);
std::string fileNameOf(const Paper& paper, Mistake mistake);

// A PDF of one page with these lines of text.
std::string smallPdf(const std::vector<std::string>& lines);

}  // namespace postgang::app::demo
