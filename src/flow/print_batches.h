// Letters in batches, one job per cut-off and round («print-batch»), and each batch handed over to the print
// house by a job of its own («print-upload»).
//
//   1. make      the letters that wait are drawn, at most 500, for at most making_seconds_max. One that
//   cannot
//                be made fails alone, with its reason.
//   2. commit    the zip and its letters as blobs, the batch's row, `delivery_started` on each document, the
//                job that hands it over, and the job of the next round. From here no letter can be taken
//                back.
//   3. hand over the zip is written to the drop and renamed; then `sent` on each document.
//
// Ended between any two steps it goes on from the last commit. A batch's name is used once: where the
// connection was cut while renaming we ask whether it lies there, and a house that has taken a batch does not
// take another of its name (docs/print-house.md). So nothing is lost and nothing is printed twice.
#pragma once

#include <string>
#include <string_view>

#include "flow/step.h"
#include "store/events.h"

namespace postgang::flow {

// Due when the cut-off's grace is over; one for each cut-off.
store::NewJob printBatchJob(Instant cutOff);

store::NewJob printUploadJob(std::string_view batch, Instant runAt);

Result<Decision> makePrintBatch(const Tools& tools, store::Reader& reader, const store::Job& job);
Result<Decision> uploadPrintBatch(const Tools& tools, store::Reader& reader, const store::Job& job);

// "20261124-1600-003": the third of the cut-off at 16:00 in Sweden.
std::string batchName(Instant cutOff, int number);

}  // namespace postgang::flow
