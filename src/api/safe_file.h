// Files that others have made, given to a browser so that they can do no harm: a name that is only a name, a
// media type from a short list, always a download, never run.
#pragma once

#include <string>
#include <string_view>

#include "document/business_document.h"
#include "net/http.h"

namespace postgang::api {

// The type as declared where it is one that a browser does nothing by itself with; application/octet-stream
// otherwise.
std::string safeMediaType(std::string_view declared);
// An original is what we recognised it to be: XML, zip, or just bytes.
std::string originalMediaType(std::string_view declared, std::string_view format);
// What left by a channel: a letter's PDF, a mail; else the original itself.
std::string sentMediaType(std::string_view channel, std::string_view declared, std::string_view format);

// Without path, controls, quotes, signs that turn the direction of writing and what file systems refuse; at
// most 120 code points, `otherwise` when nothing is left.
std::string safeFileName(std::string_view name, std::string_view otherwise);
std::string attachmentName(const document::BusinessDocument::Attachment& attachment, std::size_t index);

// Content-Disposition (RFC 6266): an ASCII name for old clients and the real one in UTF-8.
std::string disposition(std::string_view kind, std::string_view fileName);  // kind: "attachment", "inline"

// Bytes as a download: attachment, sandboxed, not sniffed, not compressed again.
net::Reply download(std::string mediaType, std::string bytes, std::string_view fileName);

}  // namespace postgang::api
