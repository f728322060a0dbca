// What a list's rows can say, and by which words Swedish and English systems head its columns.
#include <algorithm>

#include "base/text.h"
#include "flow/imports.h"

namespace postgang::flow {

namespace {

constexpr std::string_view company_fields[] = {"identifier", "name", "parent"};
constexpr std::string_view partner_fields[] = {"identifier", "customerNumber", "name", "kind",    "email",
                                               "street",     "postalCode",     "city", "country", "channels"};
constexpr std::string_view user_fields[] = {"email", "name", "role", "company"};

struct Word {
  std::string_view word;  // folded, letters and digits alone
  std::string_view field;
};

constexpr Word words[] = {
    {"identifier", "identifier"},
    {"identifierare", "identifier"},
    {"orgnr", "identifier"},
    {"orgnummer", "identifier"},
    {"organisationsnummer", "identifier"},
    {"organisationnumber", "identifier"},
    {"organizationnumber", "identifier"},
    {"momsnummer", "identifier"},
    {"vatnumber", "identifier"},
    {"gln", "identifier"},
    {"peppolid", "identifier"},
    {"customernumber", "customerNumber"},
    {"kundnummer", "customerNumber"},
    {"kundnr", "customerNumber"},
    {"customerno", "customerNumber"},
    {"name", "name"},
    {"namn", "name"},
    {"foretag", "name"},
    {"foretagsnamn", "name"},
    {"companyname", "name"},
    {"kundnamn", "name"},
    {"leverantorsnamn", "name"},
    {"benamning", "name"},
    {"kind", "kind"},
    {"typ", "kind"},
    {"type", "kind"},
    {"email", "email"},
    {"emailaddress", "email"},
    {"epost", "email"},
    {"epostadress", "email"},
    {"mejl", "email"},
    {"mail", "email"},
    {"street", "street"},
    {"gata", "street"},
    {"gatuadress", "street"},
    {"adress", "street"},
    {"postadress", "street"},
    {"address", "street"},
    {"postalcode", "postalCode"},
    {"postcode", "postalCode"},
    {"zip", "postalCode"},
    {"zipcode", "postalCode"},
    {"postnummer", "postalCode"},
    {"postnr", "postalCode"},
    {"city", "city"},
    {"ort", "city"},
    {"postort", "city"},
    {"stad", "city"},
    {"town", "city"},
    {"country", "country"},
    {"land", "country"},
    {"channels", "channels"},
    {"channel", "channels"},
    {"kanaler", "channels"},
    {"kanal", "channels"},
    {"parent", "parent"},
    {"moderbolag", "parent"},
    {"moderforetag", "parent"},
    {"overordnat", "parent"},
    {"overordnatforetag", "parent"},
    {"parentcompany", "parent"},
    {"role", "role"},
    {"roll", "role"},
    {"behorighet", "role"},
};
// Over a list of people these are other things.
constexpr Word words_of_users[] = {
    {"company", "company"},
    {"foretag", "company"},
    {"bolag", "company"},
    {"orgnr", "company"},
    {"organisationsnummer", "company"},
    {"organisationnumber", "company"},
    {"identifier", "company"},
};

std::string bare(std::string_view heading) {
  auto text = folded(heading);
  std::erase_if(text, [](char c) { return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')); });
  return text;
}

}  // namespace

std::string_view name(ImportKind kind) {
  constexpr std::string_view names[] = {"companies", "partners", "users"};
  return names[static_cast<std::size_t>(kind)];
}

std::span<const std::string_view> importFields(ImportKind kind) {
  switch (kind) {
    case ImportKind::companies:
      return company_fields;
    case ImportKind::partners:
      return partner_fields;
    case ImportKind::users:
      return user_fields;
  }
  return {};
}

std::optional<std::string_view> guessedField(ImportKind kind, std::string_view heading) {
  const auto text = bare(heading);
  const auto fields = importFields(kind);
  const auto in = [&](std::span<const Word> all) -> std::optional<std::string_view> {
    for (const auto& [word, field] : all)
      if (word == text && std::ranges::find(fields, field) != fields.end()) return field;
    return std::nullopt;
  };
  if (kind == ImportKind::users)
    if (const auto found = in(words_of_users)) return found;
  return in(words);
}

ImportColumns guessedColumns(ImportKind kind, const formats::SheetRow& heading) {
  const auto fields = importFields(kind);
  ImportColumns columns(fields.size());
  for (std::size_t i = 0; i < heading.cells.size(); ++i) {
    const auto field = guessedField(kind, heading.cells[i].text);
    if (!field) continue;
    auto& column = columns[static_cast<std::size_t>(std::ranges::find(fields, *field) - fields.begin())];
    if (!column) column = i;
  }
  return columns;
}

}  // namespace postgang::flow
