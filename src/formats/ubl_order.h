// The order that the UBL 2.1 schemas demand of an element's children.
#pragma once

#include <cstddef>
#include <string_view>

namespace postgang::formats {

// The rank of a child among its siblings, by local names; children that the table does not know come last.
std::size_t ublOrder(std::string_view parent, std::string_view child);

}  // namespace postgang::formats
