// Facts say which terms they show. Addresses, the foot and what stands beneath a line are text made of
// several terms: there the line is taken that holds the value.
#include "render/faults.h"

#include <algorithm>
#include <charconv>

#include "render/type.h"

namespace postgang::render {
namespace {

using Part = FaultSpot::Part;

constexpr std::size_t note_points_max = 160;
constexpr std::string_view under_separator = " · ";  // as copy_lines.cc joins them

// 2 of "BG-25[2]/BG-31"; 1 where the place does not say.
std::size_t ordinalIn(std::string_view place) {
  const auto open = place.find('[');
  std::size_t ordinal = 1;
  if (open != std::string_view::npos)
    std::from_chars(place.data() + open + 1, place.data() + place.size(), ordinal);
  return std::max<std::size_t>(ordinal, 1);
}

Group outermost(Term term) {
  auto group = document::info(term).group;
  while (group != Group::BG_0 && document::info(group).parent != Group::BG_0)
    group = document::info(group).parent;
  return group;
}

bool isWithin(Term term, Group group) {
  for (auto at = document::info(term).group; at != Group::BG_0; at = document::info(at).parent)
    if (at == group) return true;
  return false;
}

std::optional<Cell> cellOf(Term term) {
  switch (term) {
    case Term::BT_155:
      return Cell::article;
    case Term::BT_153:
      return Cell::name;
    case Term::BT_129:
      return Cell::quantity;
    case Term::BT_130:
      return Cell::unit;
    case Term::BT_146:
      return Cell::price;
    case Term::BT_151:
    case Term::BT_152:
      return Cell::vat;
    case Term::BT_131:
      return Cell::amount;
    default:
      return std::nullopt;
  }
}

const std::string& textOf(const TableRow& row, Cell cell) {
  switch (cell) {
    case Cell::article:
      return row.article;
    case Cell::name:
      return row.name;
    case Cell::quantity:
      return row.quantity;
    case Cell::unit:
      return row.unit;
    case Cell::price:
      return row.price;
    case Cell::vat:
      return row.vat;
    case Cell::amount:
      return row.amount;
  }
  return row.name;
}

// The line shows the value as it is, in capitals, or with other signs between its figures (559990-0122).
bool shows(std::string_view line, std::string_view value) {
  const auto wanted = folded(printable(value));
  if (!wanted.empty() && folded(line).find(wanted) != std::string::npos) return true;
  const auto digits = digitsOf(value);
  return digits.size() >= 5 && digits.size() * 2 > value.size() &&
         digitsOf(line).find(digits) != std::string::npos;
}

std::size_t lineThatShows(const std::vector<std::string>& lines, std::string_view value) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (shows(lines[i], value)) return i;
  return no_fault;
}

// What the references call a term; others have their own title.
std::string_view referenceKey(Term term) {
  constexpr std::pair<Term, std::string_view> keys[] = {
      {Term::BT_10, "reference.yourReference"},  {Term::BT_13, "reference.yourOrder"},
      {Term::BT_41, "reference.ourReference"},   {Term::BT_12, "reference.contract"},
      {Term::BT_56, "reference.yourContact"},    {Term::BT_71, "reference.deliveryPlace"},
      {Term::BT_72, "reference.deliveryDate"},   {Term::BT_20, "reference.terms"},
      {Term::BT_11, "reference.project"},        {Term::BT_14, "reference.ourOrder"},
      {Term::BT_16, "reference.despatchAdvice"}, {Term::BT_15, "reference.receivingAdvice"},
      {Term::BT_17, "reference.tender"},         {Term::BT_18, "reference.object"},
      {Term::BT_19, "reference.accounting"},     {Term::BT_7, "reference.vatDate"},
      {Term::BT_47, "reference.yourNumber"},     {Term::BT_48, "reference.yourVat"},
      {Term::BT_25, "reference.concerns"},
  };
  for (const auto& [known, key] : keys)
    if (known == term) return key;
  return {};
}

class Marker {
 public:
  Marker(const Reading& reading, Copy& copy) : r_(reading), copy_(copy) {}

  FaultSpot put(const FaultMark& mark) {
    term_ = mark.term;
    ordinal_ = ordinalIn(mark.place);
    const auto value = valueOf(mark);
    value_ = value ? std::string(trimmed(value->text)) : "";
    isAbsent_ = value_.empty();
    missing_ = r_.say(value ? "mark.empty" : "mark.missing");
    fault_ = copy_.faults.size();
    auto note = truncated(printable(mark.note), note_points_max);
    if (note.empty() && !isAbsent_) note = r_.say("mark.wrong");
    copy_.faults.push_back(std::move(note));
    auto spot = isWithin(term_, Group::BG_25) ? onLine() : inDocument();
    spot.fault = fault_;
    spot.term = term_;
    spot.value = shown();
    return spot;
  }

 private:
  // The value that is meant: in the occurrence of its outermost group that the place names.
  std::optional<document::Value> valueOf(const FaultMark& mark) const {
    const auto outer = outermost(mark.term);
    if (outer == Group::BG_0) return r_.root.find(mark.term);
    const auto groups = r_.root.groups(outer);
    if (ordinal_ > groups.size()) return std::nullopt;
    return firstIn(groups[ordinal_ - 1], mark.term);
  }

  static std::optional<document::Value> firstIn(const GroupView& group, Term term) {
    if (const auto value = group.find(term)) return value;
    for (const auto& inner : group.groups())
      if (const auto value = firstIn(inner, term)) return value;
    return std::nullopt;
  }

  std::string label() const {
    const auto key = referenceKey(term_);
    return key.empty() ? std::string(document::title(term_, r_.language)) : r_.say(key);
  }
  std::string shown() const { return isAbsent_ ? missing_ : truncated(printable(value_), 200); }

  FaultSpot onLine() {
    if (ordinal_ > copy_.table.rows.size()) return newFact(Part::references, copy_.references);
    auto& row = copy_.table.rows[ordinal_ - 1];
    const auto cell = cellOf(term_);
    const bool isColumn = cell && (*cell != Cell::article || copy_.table.hasArticles) &&
                          (*cell != Cell::vat || copy_.table.hasVat) && !textOf(row, *cell).empty();
    if (isColumn) {
      row.cellFaults.emplace_back(*cell, fault_);
      return {Part::table_cell, ordinal_ - 1, static_cast<std::size_t>(*cell), fault_, term_};
    }
    row.under.push_back(lineOf(row));
    row.underFaults.push_back({row.under.size() - 1, fault_});
    return {Part::table_under, ordinal_ - 1, row.under.size() - 1, fault_, term_};
  }

  // The words about the value, taken out of the run of text in which they stood.
  std::string lineOf(TableRow& row) const {
    for (std::size_t i = 0; i < row.under.size() && !isAbsent_; ++i) {
      const bool isMarked = std::any_of(row.underFaults.begin(), row.underFaults.end(),
                                        [i](const MarkedLine& marked) { return marked.line == i; });
      if (isMarked || !shows(row.under[i], value_)) continue;
      std::string kept, found;
      const auto& text = row.under[i];
      for (std::size_t start = 0; start <= text.size();) {
        const auto end = std::min(text.find(under_separator, start), text.size());
        const auto piece = text.substr(start, end - start);
        if (found.empty() && shows(piece, value_))
          found = piece;
        else
          kept += (kept.empty() ? "" : std::string(under_separator)) + piece;
        start = end + under_separator.size();
      }
      if (found.empty()) continue;
      row.under[i] = std::move(kept);
      return found;
    }
    return label() + ": " + shown();
  }

  FaultSpot inDocument() {
    for (const auto part : {Part::title_facts, Part::due_facts, Part::references, Part::sums, Part::vat_facts,
                            Part::attachments})
      if (const auto spot = inFacts(part)) return *spot;
    if (const auto spot = inAmounts()) return *spot;
    if (const auto spot = inLines()) return *spot;
    return added();
  }

  std::vector<Fact>& factsOf(Part part) {
    switch (part) {
      case Part::title_facts:
        return copy_.titleFacts;
      case Part::due_facts:
        return copy_.dueFacts;
      case Part::sums:
        return copy_.sums;
      case Part::vat_facts:
        return copy_.vatFacts;
      case Part::attachments:
        return copy_.attachments;
      default:
        return copy_.references;
    }
  }

  std::optional<FaultSpot> inFacts(Part part) {
    if (isAbsent_ && part != Part::sums) return std::nullopt;
    auto& facts = factsOf(part);
    const bool repeats = outermost(term_) == Group::BG_3 || outermost(term_) == Group::BG_24;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      auto& fact = facts[i];
      const bool speaksOfIt = std::find(fact.terms.begin(), fact.terms.end(), term_) != fact.terms.end();
      if (!speaksOfIt || (repeats && fact.ordinal != ordinal_) || fact.fault != no_fault) continue;
      fact.fault = fault_;
      return FaultSpot{part, i, 0, fault_, term_};
    }
    return std::nullopt;
  }

  std::optional<FaultSpot> inAmounts() {
    if (isWithin(term_, Group::BG_23))
      for (std::size_t i = 0; i < copy_.vat.size(); ++i)
        if (copy_.vat[i].ordinal == ordinal_) {
          copy_.vat[i].fault = fault_;
          return FaultSpot{Part::vat, i, 0, fault_, term_};
        }
    if (isAbsent_) return std::nullopt;
    if (term_ == Term::BT_9 && shows(copy_.dueSentence, value_)) {
      copy_.dueSentenceFault = fault_;
      return FaultSpot{Part::due_sentence, 0, 0, fault_, term_};
    }
    if (term_ == Term::BT_115 && !copy_.dueAmount.empty()) {
      copy_.dueFault = fault_;
      return FaultSpot{Part::due_amount, 0, 0, fault_, term_};
    }
    if ((term_ == Term::BT_115 || term_ == Term::BT_112) && !copy_.total.empty()) {
      copy_.totalFault = fault_;
      return FaultSpot{Part::total, 0, 0, fault_, term_};
    }
    return std::nullopt;
  }

  std::optional<FaultSpot> inLines() {
    if (isAbsent_) return std::nullopt;
    if (outermost(term_) == Group::BG_7)
      if (const auto line = lineThatShows(copy_.address, value_); line != no_fault) {
        copy_.addressFaults.push_back({line, fault_});
        return FaultSpot{Part::address, line, 0, fault_, term_};
      }
    if (outermost(term_) != Group::BG_4) return std::nullopt;
    const std::vector<std::string>* columns[] = {&copy_.footCompany, &copy_.footContact, &copy_.footNumbers};
    for (std::size_t column = 0; column < 3; ++column)
      if (const auto line = lineThatShows(*columns[column], value_); line != no_fault) {
        copy_.footFaults[column].push_back({line, fault_});
        return FaultSpot{Part::foot, line, column, fault_, term_};
      }
    return std::nullopt;
  }

  // Where it would stand.
  FaultSpot added() {
    const auto outer = outermost(term_);
    if (outer == Group::BG_4 && isAbsent_ && term_ != Term::BT_41) return newFootLine();
    if (outer == Group::BG_7 && isAbsent_ && isWithin(term_, Group::BG_8)) return newAddressLine();
    if (term_ == Term::BT_1 || term_ == Term::BT_2 || term_ == Term::BT_9)
      return newFact(Part::title_facts, copy_.titleFacts);
    if (outer == Group::BG_16 && !copy_.dueAmount.empty()) return newFact(Part::due_facts, copy_.dueFacts);
    if (outer == Group::BG_22 || outer == Group::BG_23) return newFact(Part::sums, copy_.sums);
    return newFact(Part::references, copy_.references);
  }

  FaultSpot newFact(Part part, std::vector<Fact>& facts) {
    // Reference and order number stand first, also where the other is absent.
    std::size_t at = facts.size();
    if (part == Part::references && term_ == Term::BT_10) at = 0;
    if (part == Part::references && term_ == Term::BT_13)
      at = !facts.empty() && facts[0].terms == std::vector<Term>{Term::BT_10} ? 1 : 0;
    Fact fact{label(), shown(), {term_}, ordinal_, fault_};
    facts.insert(facts.begin() + static_cast<std::ptrdiff_t>(at), std::move(fact));
    return {part, at, 0, fault_, term_};
  }

  FaultSpot newAddressLine() {
    copy_.address.push_back(label() + ": " + missing_);
    copy_.addressFaults.push_back({copy_.address.size() - 1, fault_});
    return {Part::address, copy_.address.size() - 1, 0, fault_, term_};
  }

  // First among the numbers: «Godkänd för F-skatt» stays their last.
  FaultSpot newFootLine() {
    copy_.footNumbers.insert(copy_.footNumbers.begin(), label() + ": " + missing_);
    for (auto& earlier : copy_.footFaults[2]) ++earlier.line;
    copy_.footFaults[2].push_back({0, fault_});
    return {Part::foot, 0, 2, fault_, term_};
  }

  const Reading& r_;
  Copy& copy_;
  Term term_{};
  std::size_t ordinal_ = 1;
  std::size_t fault_ = 0;
  std::string value_, missing_;
  bool isAbsent_ = false;
};

}  // namespace

std::vector<FaultSpot> markFaults(const Reading& reading, const std::vector<FaultMark>& marks, Copy& copy) {
  Marker marker(reading, copy);
  std::vector<FaultSpot> spots;
  for (const auto& mark : marks) {
    if (spots.size() == fault_marks_max) break;
    spots.push_back(marker.put(mark));
  }
  return spots;
}

}  // namespace postgang::render
