// Step 0, intake: bytes become kept documents. The costly part (digest, compression, unpacking) is done
// before the transaction; keeping is a few rows and one job per document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/flow.h"
#include "flow/step.h"

namespace postgang::flow {

// A file ready to be kept, or the reason why it will not be.
struct Prepared {
  DocumentId id;
  std::string fileName;
  Digest digest{};
  std::string compressed;
  std::int64_t size = 0;
  std::optional<Problem> problem;
  std::optional<document::Party> supplier;  // of an inbound upload: whose document it is
  std::optional<document::Party> buyer;
};

struct PreparedUpload {
  const Upload* upload = nullptr;
  bool archive = false;
  std::vector<Prepared> files;
};

// Codes: document-empty, document-too-large and what an archive is refused for (Flow::accept).
Result<PreparedUpload> prepare(const Tools& tools, const Limits& limits, const Upload& upload);

// What became of an upload: taken in, or refused for a reason of its own, and then nothing of it has been
// written.
struct Kept {
  Accepted accepted;
  std::optional<Problem> refused;
};

// Keeps what can be kept. A file whose bytes this sender has handed over before is refused by itself, with
// "duplicate-document"; alone, that refuses the upload. A Problem is the store's own: undo.
Result<Kept> keep(store::Transaction& tx, const PreparedUpload& prepared, Instant now);

}  // namespace postgang::flow
