// Which column is what, by the words that Swedish and English systems put over them.
#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"
#include "flow/register_file.h"

namespace postgang::flow {

namespace {

constexpr std::string_view column_names[] = {"value", "label", "supplier", "from", "to"};

struct Word {
  std::string_view word;  // folded, letters and digits alone
  RegisterColumn column;
};

// The whole heading.
constexpr Word words[] = {
    {"value", RegisterColumn::value},
    {"varde", RegisterColumn::value},
    {"referens", RegisterColumn::value},
    {"reference", RegisterColumn::value},
    {"ref", RegisterColumn::value},
    {"order", RegisterColumn::value},
    {"ordernummer", RegisterColumn::value},
    {"ordernr", RegisterColumn::value},
    {"ordernumber", RegisterColumn::value},
    {"inkopsorder", RegisterColumn::value},
    {"po", RegisterColumn::value},
    {"ponummer", RegisterColumn::value},
    {"ponumber", RegisterColumn::value},
    {"kostnadsstalle", RegisterColumn::value},
    {"kst", RegisterColumn::value},
    {"costcentre", RegisterColumn::value},
    {"costcenter", RegisterColumn::value},
    {"konto", RegisterColumn::value},
    {"account", RegisterColumn::value},
    {"betalkonto", RegisterColumn::value},
    {"bankgiro", RegisterColumn::value},
    {"plusgiro", RegisterColumn::value},
    {"iban", RegisterColumn::value},
    {"nummer", RegisterColumn::value},
    {"number", RegisterColumn::value},
    {"kod", RegisterColumn::value},
    {"code", RegisterColumn::value},
    {"label", RegisterColumn::label},
    {"namn", RegisterColumn::label},
    {"name", RegisterColumn::label},
    {"benamning", RegisterColumn::label},
    {"beskrivning", RegisterColumn::label},
    {"description", RegisterColumn::label},
    {"text", RegisterColumn::label},
    {"supplier", RegisterColumn::supplier},
    {"leverantor", RegisterColumn::supplier},
    {"orgnr", RegisterColumn::supplier},
    {"orgnummer", RegisterColumn::supplier},
    {"organisationsnummer", RegisterColumn::supplier},
    {"organisationnumber", RegisterColumn::supplier},
    {"momsnummer", RegisterColumn::supplier},
    {"vatnumber", RegisterColumn::supplier},
    {"from", RegisterColumn::from},
    {"fran", RegisterColumn::from},
    {"start", RegisterColumn::from},
    {"startdatum", RegisterColumn::from},
    {"to", RegisterColumn::to},
    {"till", RegisterColumn::to},
    {"tom", RegisterColumn::to},
    {"slut", RegisterColumn::to},
    {"slutdatum", RegisterColumn::to},
    {"end", RegisterColumn::to},
};
// Part of it, in this order: "Giltig från och med", "Leverantörens org.nr", "Kontots benämning".
constexpr Word parts[] = {
    {"fran", RegisterColumn::from},
    {"validfrom", RegisterColumn::from},
    {"giltigtill", RegisterColumn::to},
    {"gallertill", RegisterColumn::to},
    {"validto", RegisterColumn::to},
    {"tillochmed", RegisterColumn::to},
    {"validuntil", RegisterColumn::to},
    {"leverantor", RegisterColumn::supplier},
    {"supplier", RegisterColumn::supplier},
    {"orgnr", RegisterColumn::supplier},
    {"organisationsn", RegisterColumn::supplier},
    {"namn", RegisterColumn::label},
    {"benamning", RegisterColumn::label},
    {"beskrivning", RegisterColumn::label},
    {"description", RegisterColumn::label},
    {"referens", RegisterColumn::value},
    {"reference", RegisterColumn::value},
    {"order", RegisterColumn::value},
    {"kostnadsst", RegisterColumn::value},
    {"costcent", RegisterColumn::value},
    {"bankgiro", RegisterColumn::value},
    {"plusgiro", RegisterColumn::value},
    {"konto", RegisterColumn::value},
    {"account", RegisterColumn::value},
};

std::string bare(std::string_view heading) {
  auto text = folded(heading);
  std::erase_if(text, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
  return text;
}

}  // namespace

std::string_view name(RegisterColumn column) {
  return column_names[static_cast<std::size_t>(column)];
}

std::optional<RegisterColumn> registerColumnFromName(std::string_view name) {
  const auto found = std::find(std::begin(column_names), std::end(column_names), name);
  if (found == std::end(column_names)) return std::nullopt;
  return static_cast<RegisterColumn>(found - std::begin(column_names));
}

std::optional<RegisterColumn> guessedColumn(std::string_view heading, store::RegisterKind kind) {
  const auto text = bare(heading);
  // Over accounts «Leverantör» is often a name; the number beside it is what counts.
  if (kind == store::RegisterKind::accounts && text == "leverantorsnamn") return RegisterColumn::label;
  for (const auto& [word, column] : words)
    if (text == word) return column;
  for (const auto& [part, column] : parts)
    if (text.find(part) != std::string::npos) return column;
  return std::nullopt;
}

std::optional<std::size_t> RegisterColumns::indexOf(RegisterColumn column) const {
  const auto found = std::ranges::find(columns, std::optional(column));
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

RegisterColumns guessedColumns(const formats::SheetRow& heading, store::RegisterKind kind) {
  RegisterColumns guessed;
  std::array<bool, std::size(column_names)> taken{};
  for (const auto& cell : heading.cells) {
    auto guess = guessedColumn(cell.text, kind);
    if (guess && taken[static_cast<std::size_t>(*guess)]) guess.reset();
    if (guess) taken[static_cast<std::size_t>(*guess)] = true;
    guessed.columns.push_back(guess);
  }
  if (guessed.columns.size() == 1) guessed.columns.front() = RegisterColumn::value;
  return guessed;
}

}  // namespace postgang::flow
