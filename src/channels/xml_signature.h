// An XML document signed as Peppol's registers sign (SMP 1.4.0, 5.5): one enveloped signature over the whole
// document, inclusive canonical XML, RSA with SHA-256 (XML-DSig, by xmlsec). Nothing else is taken.
//
// What comes back is what was signed: the canonical bytes that the digest was taken of, not the document as
// it came. Whoever reads those cannot be shown anything that the signature does not cover.
#pragma once

#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/time.h"
#include "channels/certificate.h"
#include "xml/parse.h"

namespace postgang::channels {

struct SignedXml {
  std::string bytes;  // canonical, without the signature
  Certificate signer;
};

// Codes: those of xml::parse; as forbidden: signature-missing, signature-unfit (another form than the one
// taken), signature-wrong (the document was changed, or another key signed it); and certificate.h's.
Result<SignedXml> verifiedXml(std::string_view bytes, const Authorities& authorities, Instant at,
                              const xml::Limits& limits);

}  // namespace postgang::channels
