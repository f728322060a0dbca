// Files that come with a ticket's message, by portal, API or mail, before anything of them is kept: how many,
// how large, and of which kind. What is named and what it is must agree; nothing that runs is taken, not in a
// zip either.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "store/tickets.h"

namespace postgang::flow {

struct TicketFileLimits {
  static constexpr std::size_t files_max = 10;  // of one message
  static constexpr std::size_t file_bytes_max = std::size_t{10} * 1024 * 1024;
  static constexpr std::size_t all_bytes_max = std::size_t{20} * 1024 * 1024;
};

struct TicketFile {
  std::string name, mediaType, bytes;
};

// As it is kept: a name that is only a name, its bytes compressed.
struct KeptFile {
  store::TicketAttachment row;  // without its id
  std::string compressed;
};
// Codes: ticket-file-refused (unsupported; parameter name: its kind is none that is taken, it is none of what
// its name says, or it would run), ticket-file-too-large (too_large; parameter name), ticket-file-empty
// (invalid).
Result<KeptFile> keptFile(const TicketFile& file);
// All of them, or the first Problem. Codes: ticket-files-too-many, ticket-files-too-large (too_large) too.
Result<std::vector<KeptFile>> keptFiles(const std::vector<TicketFile>& files);

}  // namespace postgang::flow
