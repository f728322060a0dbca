// The companies of a group in the order that a tree is read: each before what stands beneath it, those beside
// each other by name.
#pragma once

#include <vector>

#include "store/companies.h"

namespace postgang::api {

struct GroupPlace {
  store::Company company;
  int depth = 0;  // 0: the top
};
Result<std::vector<GroupPlace>> groupTree(store::Reader& reader, CompanyId company);

}  // namespace postgang::api
