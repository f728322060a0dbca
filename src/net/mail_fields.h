// Pieces of mail as plain text: header fields, message ids, names of files, what HTML says. Bounded, for
// whatever a stranger has written.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postgang::net {

// Header fields as they stand, unfolded, names in lower case; a line that is none is left out.
using MailFields = std::vector<std::pair<std::string, std::string>>;
MailFields fieldsIn(std::string_view block);
std::string_view field(const MailFields& fields, std::string_view name);  // the first's; empty without one

// Up to and with the first empty line; all of it where there is none.
std::string_view headerOf(std::string_view message);

// "<a@b> <c@d>" → a@b, c@d. Each at most 250 bytes, printable ASCII.
std::vector<std::string> messageIdsIn(std::string_view value);
std::string messageIdIn(std::string_view header);  // its Message-ID; empty without one

// Bytes that are no UTF-8 are taken for Latin-1: no mail says so, and most that do not say are.
std::string asUtf8(std::string_view text);

// What a file may be called here: the last of a path, no controls, no dot first, at most 100 code points.
std::string safeName(std::string_view name);

// The words of an HTML text, without its tags, scripts and styles: to be read, not to be shown as it was.
std::string wordsOfHtml(std::string_view html);

}  // namespace postgang::net
