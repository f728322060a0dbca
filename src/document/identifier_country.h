// The country that an identifier's scheme belongs to: how statistics tell domestic traffic from foreign. A
// scheme of no country (GLN, DUNS, LEI) says nothing, and so do numbers that are only a customer's.
#pragma once

#include <string_view>

namespace postgang::document {

// "0007:5599900122" → "SE"; empty where it is not known. ISO 3166-1 alpha-2.
std::string_view countryOfIdentifier(std::string_view identifier);

}  // namespace postgang::document
