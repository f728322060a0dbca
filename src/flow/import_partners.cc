// Partners from a list. A row is about the partner with its identifier; one without is known by its customer
// number.
#include <algorithm>

#include "base/text.h"
#include "document/countries.h"
#include "flow/imported_list.h"
#include "net/mail.h"

namespace postgang::flow {

namespace {

using store::Partner;

constexpr std::string_view by_customer_number = "customer:";

struct Most {
  std::string_view field;
  std::size_t codePoints;
};
constexpr Most most[] = {{"customerNumber", 80}, {"name", 200},      {"email", 254},
                         {"street", 200},        {"postalCode", 20}, {"city", 100}};

// As people say it in Swedish or English, and as exports write it.
std::optional<bool> isPersonBy(std::string_view text) {
  const auto word = folded(text);
  if (word == "person" || word == "privatperson" || word == "private person") return true;
  if (word == "company" || word == "foretag" || word == "organisation") return false;
  return std::nullopt;
}

class Partners final : public ImportedList {
 public:
  explicit Partners(const ImportOrder& order) : order_(order) {}

  Result<Thought> think(store::Reader& reader, const ImportedRow& row) override {
    Thinking thinking(row);
    for (const auto& [field, codePoints_max] : most)
      if (auto fault = faultOfText(row.text(field), codePoints_max); !fault.empty())
        return thinking.refuse(field, std::move(fault));
    auto identifier = identifierOf(row);
    if (!identifier) return thinking.refuse("identifier", identifier.error());
    if (identifier->empty()) return thinking.refuse("identifier", "import-value-missing");
    TRY(const auto known, store::partner(reader, order_.viewer, order_.company.id, *identifier));
    auto partner = known.value_or(Partner{});
    partner.identifier = *identifier;
    thinking.about(*identifier, std::string(row.has("name") ? row.text("name") : partner.name));
    if (auto refused = read(row, partner, thinking)) return std::move(*refused);
    if (partner.name.empty()) return thinking.refuse("name", "import-value-missing");
    return thinking.done(!known, [owner = order_.company.id, partner](store::Transaction& tx) {
      return store::putPartner(tx, owner, partner);
    });
  }

 private:
  static Result<std::string> identifierOf(const ImportedRow& row) {
    const auto text = row.text("identifier");
    if (text.empty())
      return row.has("customerNumber") ? std::string(by_customer_number) += row.text("customerNumber")
                                       : std::string();
    if (text.starts_with(by_customer_number) && text.size() > by_customer_number.size() &&
        codePoints(text) <= 100)
      return std::string(text);
    return identifierSaid(text);
  }

  // What the row says, taken into the partner; a thought where it refuses.
  std::optional<Thought> read(const ImportedRow& row, Partner& partner, Thinking& thinking) const {
    thinking.take("name", partner.name, std::string(row.text("name")));
    std::string number(row.text("customerNumber"));
    if (number.empty() && partner.customerNumber.empty() &&
        partner.identifier.starts_with(by_customer_number))
      number = partner.identifier.substr(by_customer_number.size());
    thinking.take("customerNumber", partner.customerNumber, std::move(number));
    if (row.has("kind")) {
      const auto person = isPersonBy(row.text("kind"));
      if (!person) return thinking.refuse("kind", "import-kind-unknown");
      if (*person != partner.person)
        thinking.become("kind", partner.person ? "person" : "company", *person ? "person" : "company");
      partner.person = *person;
    }
    if (row.has("email")) {
      const std::string email(row.text("email"));
      if (!net::isMailAddress(email)) return thinking.refuse("email", "import-email-malformed");
      if (email != partner.email) {  // a new address has nobody's word for it
        partner.emailVerifiedAt.reset();
        partner.emailVerifiedBy.clear();
      }
      thinking.take("email", partner.email, email);
    }
    if (auto refused = readAddress(row, partner, thinking)) return refused;
    return readChannels(row, partner, thinking);
  }

  static std::optional<Thought> readAddress(const ImportedRow& row, Partner& partner, Thinking& thinking) {
    if (!row.has("street") && !row.has("postalCode") && !row.has("city") && !row.has("country"))
      return std::nullopt;
    auto address = partner.postalAddress.value_or(store::PostalAddress{"", "", "", ""});
    thinking.take("street", address.street, std::string(row.text("street")));
    thinking.take("postalCode", address.postalCode, std::string(row.text("postalCode")));
    thinking.take("city", address.city, std::string(row.text("city")));
    std::string country = address.country.empty() ? "SE" : "";  // most lists don't say it
    if (row.has("country")) {
      const auto found = document::findCountry(row.text("country"));
      if (!found) return thinking.refuse("country", "import-country-unknown");
      country = found->code;
    }
    thinking.take("country", address.country, std::move(country));
    for (const auto& [field, text] :
         {std::pair("street", &address.street), std::pair("postalCode", &address.postalCode),
          std::pair("city", &address.city)})
      if (text->empty()) return thinking.refuse(field, "import-address-incomplete");
    partner.postalAddress = std::move(address);
    return std::nullopt;
  }

  std::optional<Thought> readChannels(const ImportedRow& row, Partner& partner, Thinking& thinking) const {
    if (!row.has("channels")) return std::nullopt;
    std::vector<std::string> channels;
    for (const auto part : split(row.text("channels"), ',')) {
      auto channel = lowered(trimmed(part));
      if (channel.empty()) continue;
      if (std::ranges::find(order_.channels, channel) == order_.channels.end() ||
          std::ranges::find(channels, channel) != channels.end())
        return thinking.refuse("channels", "import-channel-unknown");
      channels.push_back(std::move(channel));
    }
    if (channels != partner.channels)
      thinking.become("channels", joined(partner.channels, ", "), joined(channels, ", "));
    partner.channels = std::move(channels);
    return std::nullopt;
  }

  const ImportOrder& order_;
};

}  // namespace

std::unique_ptr<ImportedList> importedPartners(const ImportOrder& order) {
  return std::make_unique<Partners>(order);
}

}  // namespace postgang::flow
