// The recipient's address as an envelope's window shows it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "document/parties.h"

namespace postgang::render {

struct Addressee {
  std::string name;
  std::string attention;
  document::PostalAddress address;
  std::string senderCountry;  // the country's line stands only where it is another
  Language language = Language::swedish;
};

// Five lines at most: name, attention (cut first), street or box, post code and town in capitals, country.
// What is missing leaves no empty line behind.
std::vector<std::string> windowLines(const Addressee& addressee);

// "851 11  TALLMO" with the country's order and spacing.
std::string place(const document::PostalAddress& address, std::string_view gap);

}  // namespace postgang::render
