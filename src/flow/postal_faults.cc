#include "flow/postal_faults.h"

#include "channels/postal.h"

namespace postgang::flow {

std::vector<std::string> postalFaults(const store::Partner& partner) {
  if (!partner.postalAddress) return {};
  const auto& at = *partner.postalAddress;
  channels::Addressee addressee;
  addressee.name = partner.name;
  if (!at.street.empty()) addressee.address.lines.push_back(at.street);
  addressee.address.postCode = at.postalCode;
  addressee.address.city = at.city;
  addressee.address.country = at.country;
  return channels::checkPostal(addressee).faults;
}

}  // namespace postgang::flow
