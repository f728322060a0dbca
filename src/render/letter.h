// A letter: what goes into one envelope as one PDF. The print copy first, then the attachments that can be
// printed, in order; each begins on the front of a sheet, so a blank back is put in where one is needed.
//
// Printed are PDFs (also those that are only protected against change) and PNG and JPEG pictures, each on a
// page of its own. What a file is, its first bytes say, not its name. Pages of another size than A4 are made
// to fit it. The rest is not printed and answered by name: whoever sends decides what that means.
//
// Bytes come from outside: they are read in a contained process (contained.h). The same parts give the same
// bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "document/business_document.h"
#include "render/contained.h"

namespace postgang::render {

struct LetterPart {
  std::string name;  // as the reader knows it: the file name, else the reference
  std::string bytes;
};

struct LetterOptions {
  bool duplex = true;
  int pagesMax = 200;
  std::size_t partBytesMax = 20'000'000;
  Bounds bounds{};
};

struct NotPrinted {
  std::string name;
  std::string reason;  // "not-printable" (another kind of file), "external" (an address), "empty"
};

struct Letter {
  std::string pdf;
  int pages = 0;         // of the PDF, blank backs with them
  int printedPages = 0;  // without them
  int sheets = 0;
  std::vector<std::string> enclosures;  // the attachments that are in it
  std::vector<NotPrinted> notPrinted;
};

bool isPrintable(std::string_view bytes);

// The attachments of a document as its file has them (not a restored one, which holds no content).
struct LetterParts {
  std::vector<LetterPart> parts;
  std::vector<NotPrinted> notPrinted;
};
LetterParts attachmentsOf(const document::BusinessDocument& document);

// Codes, parameter `name` the attachment: letter-attachment-encrypted (unsupported),
// letter-attachment-damaged (invalid), letter-attachment-too-large (too_large: bytes, time or memory);
// letter-too-long (too_large); letter-not-made (internal).
Result<Letter> makeLetter(std::string_view copyPdf, const std::vector<LetterPart>& attachments,
                          const LetterOptions& options = {});

// How many pages a PDF from outside has. Codes: as above, without a name.
Result<int> pagesOf(std::string_view pdf, const Bounds& bounds = {});

}  // namespace postgang::render
