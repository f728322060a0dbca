// The page in a bevispaket that people read: what each file is, what it proves and what it doesn't, and the
// timeline. One HTML file without script or anything fetched; every text from outside is escaped.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "store/documents.h"

namespace postgang::flow {

struct EvidenceFile {
  std::string name;
  std::string sha256;  // hex
  std::int64_t size = 0;
  std::string proves;  // texts evidence.proves.<this>: "original", "sent", "said", "chain", "page"
  std::string about;   // whom it went to; may be empty
};

struct EvidenceFacts {
  const store::DocumentRow& row;
  const std::vector<store::Event>& events;
  const std::vector<EvidenceFile>& files;
  std::string head;  // of the chain, hex
  Language language = Language::swedish;
  Instant madeAt;
};

std::string evidencePage(const EvidenceFacts& facts);

}  // namespace postgang::flow
