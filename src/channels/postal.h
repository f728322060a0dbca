// Whether a letter can be addressed, and how it is: checked before it is printed, since an envelope that
// comes back costs days. Sweden is looked at closely (five digits, 100 00 to 984 99); abroad only that there
// is a street or box, a town and a country, and the number of digits where we know it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "document/parties.h"

namespace postgang::channels {

struct Addressee {
  std::string name;
  std::string attention;  // may be empty
  document::PostalAddress address;
  Language language = Language::swedish;  // of the country's line
};

// What a letter costs by. Europe and the world as the post counts: our own choice (document/countries.h).
enum class PostageZone { domestic, europe, world };
std::string_view name(PostageZone zone);  // "domestic", "europe", "world"
std::optional<PostageZone> postageZoneFromName(std::string_view name);

struct PostalCheck {
  // Codes of texts postal.fault.<code>: name-missing, street-missing, post-code-missing, post-code-malformed,
  // post-code-malformed-abroad, post-code-outside, town-missing, country-unknown. Empty: it can be posted.
  std::vector<std::string> faults;
  PostageZone zone = PostageZone::domestic;
  document::PostalAddress address;  // tidied: the post code "123 45", the country a code
  std::vector<std::string> lines;   // as the window shows it; what there is of it where there are faults
  bool good() const { return faults.empty(); }
};

// Letters are posted in Sweden. An address without a country is Swedish.
PostalCheck checkPostal(const Addressee& addressee);

// The faults as sentences, in the order of the address.
std::string faultWords(const PostalCheck& check, Language language);

}  // namespace postgang::channels
