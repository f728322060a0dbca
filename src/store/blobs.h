// Bytes kept by digest, compressed, in the commit of their document.
#pragma once

#include <string>

#include "base/bytes.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

// `compressed` is compress(bytes): done by the caller, outside the writer. Kept once per digest.
Outcome putBlob(Transaction& tx, const Digest& digest, std::string_view compressed, std::int64_t size);
Result<std::string> blob(Reader& reader,
                         const Digest& digest);  // decompressed and its digest checked; "blob-damaged"

// The parsed document in its compact form (document::BusinessDocument::serialized), beside the original.
Outcome putParsed(Transaction& tx, DocumentId document, std::string_view serialized);
Result<std::optional<std::string>> parsed(Reader& reader, DocumentId document);

}  // namespace postgang::store
