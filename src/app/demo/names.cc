#include "app/demo/names.h"

#include <algorithm>

#include "base/text.h"
#include "document/identifiers.h"

namespace postgang::app::demo {

namespace {

constexpr std::string_view stems[] = {
    "Fyrnäs",    "Lövmarka",  "Stensäter",   "Alvhult",     "Hällmo",     "Kvarnhede", "Rönnholma",
    "Svartvika", "Torpsjö",   "Vidmark",     "Åbrinken",    "Östanmo",    "Bruksvad",  "Dalkärr",
    "Enmossa",   "Furukulla", "Gråhamra",    "Havsbro",     "Isnäset",    "Järnkulla", "Kråkemo",
    "Lindrike",  "Mossvad",   "Norrskär",    "Oxkärr",      "Prästbo",    "Rimskär",   "Skogsmarka",
    "Timmerån",  "Ugglemo",   "Vinterhult",  "Ytterhed",    "Ängsbäcka",  "Sundsholm", "Tallmo",
    "Granberga", "Björkhaga", "Ekdala",      "Klippholmen", "Silverhede", "Kustmark",  "Malmkälla",
    "Berghed",   "Hagsund",   "Lugnvattnet", "Storbrink",   "Älvnära",    "Skäret",
};

constexpr Address towns[] = {
    {"", "480 12", "Nordhamn"},  {"", "481 20", "Tallmo"},    {"", "482 31", "Sundsholm"},
    {"", "483 40", "Granberga"}, {"", "484 15", "Björkhaga"}, {"", "485 33", "Fyrnäs"},
    {"", "486 21", "Lövmarka"},  {"", "487 04", "Stensäter"}, {"", "488 35", "Hällmo"},
    {"", "489 10", "Östanmo"},
};

constexpr std::string_view streets[] = {
    "Hamngatan", "Storgatan",     "Kajgatan",      "Bruksvägen",  "Industrigatan",  "Kvarnvägen",
    "Skolgatan", "Stationsgatan", "Magasinsgatan", "Ängsvägen",   "Verkstadsgatan", "Lotsgatan",
    "Sågvägen",  "Smedjegatan",   "Rådhusgatan",   "Norra Vägen",
};

constexpr std::string_view homeStreets[] = {
    "Björkstigen",  "Syrengatan", "Trastvägen", "Klockarvägen",
    "Solhemsgatan", "Rönngatan",  "Backstigen", "Fiskargränd",
};

// Where private persons have their mail.
constexpr std::string_view mailHosts[] = {"brevduvan.example", "hemposten.example", "skargardsnat.example",
                                          "lugnvattnet.example"};

constexpr std::string_view firstNames[] = {
    "Anna",  "Erik",   "Maria", "Lars",  "Karin",  "Anders",  "Eva",   "Johan",  "Lena",   "Per",
    "Sara",  "Mikael", "Emma",  "Jonas", "Malin",  "Fredrik", "Hanna", "Oskar",  "Ingrid", "Nils",
    "Amina", "Hassan", "Elif",  "Mateo", "Linnea", "Viktor",  "Sofia", "Gustav", "Ulla",   "Bengt",
};

constexpr std::string_view lastNames[] = {
    "Sund",     "Berg",     "Ek",       "Lindahl", "Hagström", "Malm",   "Nyman",   "Sandell",
    "Forsell",  "Åkerlund", "Östman",   "Kjellin", "Rosén",    "Wallin", "Dahlman", "Hedin",
    "Bergfors", "Strand",   "Norlin",   "Viklund", "Yilmaz",   "Haddad", "Kovač",   "Silva",
    "Brodin",   "Ahlgren",  "Tornberg", "Sjödal",  "Granat",   "Ljung",
};

std::string withZeros(int number, int width) {
  std::string digits = std::to_string(number);
  return std::string(static_cast<std::size_t>(std::max(0, width - static_cast<int>(digits.size()))), '0') +
         digits;
}

std::string hyphenated(std::string_view text, char separator) {
  std::string out;
  for (const char c : folded(collapsed(text))) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      out += c;
    else if (!out.empty() && out.back() != separator)
      out += separator;
  }
  while (!out.empty() && out.back() == separator) out.pop_back();
  return out;
}

}  // namespace

std::string companyStem(int index) {
  return std::string(stems[static_cast<std::size_t>(index)]);
}
int companyStems() {
  return static_cast<int>(std::size(stems));
}

Address address(Random& random) {
  Address made = random.pick(towns);
  made.street = random.chance(180)
                    ? "Box " + std::to_string(random.between(11, 980))
                    : std::string(random.pick(streets)) + " " + std::to_string(random.between(1, 68));
  return made;
}

Address homeAddress(Random& random) {
  Address made = random.pick(towns);
  made.street = std::string(random.pick(homeStreets)) + " " + std::to_string(random.between(1, 40));
  return made;
}

std::string personName(Random& random) {
  const std::string first(random.pick(firstNames));
  return first + " " + std::string(random.pick(lastNames));
}

std::string telephone(Random& random) {
  return "08-465 004 " + withZeros(random.below(100), 2);
}

std::string domainOf(std::string_view companyName) {
  if (companyName.ends_with(" AB")) companyName.remove_suffix(3);
  return hyphenated(companyName, '-') + ".example";
}

std::string mailHost(Random& random) {
  return std::string(random.pick(mailHosts));
}

std::string emailOf(std::string_view person, std::string_view domain) {
  return hyphenated(person, '.') + "@" + std::string(domain);
}

std::string organisationNumber(int index) {
  const std::string base = "559990" + withZeros(index, 3);
  return base + document::luhnCheckDigit(base);
}

std::string vatNumberOf(std::string_view organisationNumber) {
  return "SE" + std::string(organisationNumber) + "01";
}

std::string bankgiro(int index) {
  const std::string base = "9990" + withZeros(index, 3);
  return base + document::luhnCheckDigit(base);
}

std::string ocr(std::string_view base) {
  const std::string withLength = std::string(base) + std::to_string((base.size() + 2) % 10);
  return withLength + document::luhnCheckDigit(withLength);
}

}  // namespace postgang::app::demo
