// The receiver's answer to a document that came over Peppol goes back over Peppol: an Invoice Response (T111)
// to whoever sent it, where that is registered for one.
//
//   returned by its filter   UQ where the sender can correct all of it, else RE (answer_codes.h)
//   accepted                 AP
//   rejected                 RE
//
// A job of its own, `peppol-answer`: made in the commit of the decision, or of the notice, of which Peppol is
// one way (notify.h). The register is asked where nothing is known of the sender. The answer is made once and
// kept with its row in peppol_exchanges before the first byte leaves; every attempt hands over the same under
// the same instance.
//
//   what comes of it            what follows
//   taken                       notice-sent, way "peppol"
//   refused for good            notice-bounced, way "peppol", with the words
//   later, or no answer         again after 1, 5, 15 minutes, 1, 4, 12 hours; then as refused
//   not registered for it       nothing is said
//
// Where it does not go and no other way reaches the sender of a returned document: notice-unreachable.
#pragma once

#include <vector>

#include "flow/step.h"

namespace postgang::flow {

struct PeppolAnswers {
  std::vector<store::NewJob> jobs;   // one for each that came over Peppol and is not answered yet
  std::vector<DocumentId> answered;  // before now
  std::vector<DocumentId> others;    // did not come so
};
// Each has been returned, accepted or rejected, or is in this commit. All are `others` where Peppol is not
// set up.
Result<PeppolAnswers> peppolAnswers(const Tools& tools, store::Reader& reader, CompanyId receiver,
                                    const std::vector<DocumentId>& documents, Instant now);

Result<Decision> answerByPeppol(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
