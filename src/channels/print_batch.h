// What a print house is handed, and what it answers: docs/print-house.md, which is written for print houses.
//
// A batch is one zip: letters/<delivery>.pdf, manifest.json and manifest.xml (the same content; namespace
// urn:postgang:print-manifest:1). The same letters give the same bytes. Receipts come as <batch>.<n>.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/time.h"
#include "channels/postal.h"

namespace postgang::channels {

struct BatchLetter {
  DeliveryId delivery;
  std::string pdf;
  Digest digest{};  // of the PDF; written by writeBatch, checked by readBatch
  int pages = 0, sheets = 0;
  bool duplex = true, colour = false;
  PostageZone zone = PostageZone::domestic;
  std::string weightClass;
  std::vector<std::string> enclosures;
  std::vector<std::string> recipient;      // lines, as in the window
  std::vector<std::string> returnAddress;  // lines
  Language language = Language::swedish;
};

struct LetterBatch {
  std::string id;     // "20261124-1600-003": the zip's name without ".zip"
  std::string house;  // the print house, as the operator calls it
  Instant at;         // made
  std::vector<BatchLetter> letters;
};

inline constexpr std::size_t batch_letters_max = 500;
inline constexpr std::size_t batch_bytes_max = 1'000'000'000;

// The manifest of a batch; `letter`, one letter's part of it, is evidence of what was ordered.
std::string manifestJson(const LetterBatch& batch);
Result<std::string> manifestXml(const LetterBatch& batch);
std::string manifestLine(const BatchLetter& letter);

// Codes: print-batch-malformed (internal: too many letters, a name that is none), zip-too-large.
Result<std::string> writeBatch(const LetterBatch& batch);
// What a print house does first: every PDF is there and is the one that the manifest means, nothing besides,
// the sums hold. Codes: print-batch-malformed (invalid), and formats/archive.h's.
Result<LetterBatch> readBatch(std::string_view zip);

enum class PrintState { printed, posted, returned };
std::string_view name(PrintState state);

struct PrintReceipt {
  DeliveryId delivery;
  PrintState state = PrintState::printed;
  Instant at;
  std::string reason;  // of a return: texts postal.returned.<reason>
  std::string words;   // the house's own; may be empty
};
struct PrintReceipts {
  std::string batch;
  int number = 0;  // of the file: 1, 2 …
  std::vector<PrintReceipt> receipts;
};

bool isReturnReason(std::string_view reason);

// Codes: print-receipts-malformed (invalid), `where` a JSON pointer. All of a file is taken or nothing.
Result<PrintReceipts> readReceipts(std::string_view json);
std::string writeReceipts(const PrintReceipts& receipts);

inline constexpr std::size_t receipts_bytes_max = 4 * 1024 * 1024;
struct ReceiptsName {
  std::string batch;
  int number = 0;
};
std::string receiptsFile(std::string_view batch, int number);
std::optional<ReceiptsName> receiptsNameOf(std::string_view file);  // nullopt: another file

}  // namespace postgang::channels
