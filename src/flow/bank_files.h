// Invoices to internet banks in files, one job for each time when files are made («bank-file»), answers to
// who has applied for them («bank-answers»), and each file handed over to the bank hub by a job of its own
// («bank-upload»).
//
//   1. make      the invoices that wait are drawn, those of one sender, at most 300. One that cannot be made
//                fails alone, with its reason, and the next channel takes it.
//   2. commit    the file and its copies as blobs, the file's row, `delivery_started` on each document, the
//                job that hands it over, and the job of the next file. From here nothing can be taken back.
//   3. hand over the file is written to the drop and renamed; then `sent` on each document.
//
// Ended between any two steps it goes on from the last commit. A file's name is used once: where the
// connection was cut while renaming we ask whether it lies there, and a hub that has taken a file does not
// take another of its name (docs/bank-hub.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "channels/banking.h"
#include "flow/step.h"
#include "store/events.h"

namespace postgang::flow {

// Due at `until`; one for each of these instants.
store::NewJob bankFileJob(Instant until);
// One for all answers that are to be told.
store::NewJob bankAnswersJob(Instant runAt);
store::NewJob bankUploadJob(std::string_view file, Instant runAt);

Result<Decision> makeBankFile(const Tools& tools, store::Reader& reader, const store::Job& job);
Result<Decision> answerAgreements(const Tools& tools, store::Reader& reader, const store::Job& job);
Result<Decision> uploadBankFile(const Tools& tools, store::Reader& reader, const store::Job& job);

// "B20261124-1015-003": the third of the file time 10:15 in Sweden.
std::string bankFileName(Instant until, int number);

// How this house reaches internet banks; nullptr where there is no such channel.
const channels::Banking* bankingOf(const Tools& tools);

store::Actor bankActor();

}  // namespace postgang::flow
