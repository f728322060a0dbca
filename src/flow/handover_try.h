// *Ta emot en testfaktura*: a test document goes the way that a real one of its kind would, and what happened
// is told. It is no document: nobody has sent it, it is in no list and no count, and nothing is charged.
//
//   api                      waits until the company's program confirms it, as it would a document
//   folder, webhook, e-mail  carried by a job («handover-test»), once: what goes wrong is the answer
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flow/step.h"
#include "store/handovers.h"
#include "store/viewer.h"

namespace postgang::flow {

// Codes: handover-test-inbox (conflict: nothing is handed over to an inbox), handover-way-off.
Result<store::HandoverTest> startHandoverTest(store::Store& store, const Clock& clock, IdMaker& ids,
                                              const channels::Registry& channels, CompanyId company,
                                              std::string_view kind);

// As answerHandover() of a document. Codes: handover-answered (conflict). nullopt: there is no such test.
Result<std::optional<store::HandoverTest>> answerHandoverTest(store::Store& store, const Clock& clock,
                                                              CompanyId company, store::HandoverTestId id,
                                                              const std::optional<std::string>& refusal);

Result<Decision> carryHandoverTest(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
