// How much one upload may be. Over a limit nothing is kept.
#pragma once

#include <cstddef>

namespace postgang::flow {

struct Limits {
  std::size_t documentBytes_max = std::size_t{50} * 1024 * 1024;  // one document
  std::size_t archiveBytes_max = std::size_t{500} * 1024 * 1024;  // an archive, unpacked
  std::size_t archiveDocuments_max = 5'000;
};

}  // namespace postgang::flow
