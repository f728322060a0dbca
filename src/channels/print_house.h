// A print house that is none: it takes batches from a drop, looks at every letter as a real one would, and
// answers with receipts. For the sandbox, the demo world and tests, over the same SFTP as a real one;
// docs/print-house.md is its contract too.
//
// A batch wanders in/ → taken/ → printed/ → posted/ → done/ (or refused/), so that where it lies is all that
// it remembers: ended anywhere, it goes on from there. Receipts are in out/. Times in receipts are the
// batch's own, some hours or days after its `at`; so a simulated world stays in its own time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "channels/print_batch.h"
#include "net/file_drop.h"

namespace postgang::channels {

struct HouseHabits {
  std::uint64_t seed = 1;           // the same seed returns the same letters for the same reasons
  int returnedPerMillion = 10'000;  // letters
};

struct HouseRound {
  int batches = 0;  // taken
  int letters = 0;  // of them
  int printed = 0, posted = 0, returned = 0;
  int repeated = 0;                  // batches that had come before, and were not printed again
  std::vector<std::string> refused;  // "20261124-1600-003: why"
  bool idle() const { return batches + printed + posted + returned + repeated == 0 && refused.empty(); }
};

class PrintHouse {
 public:
  PrintHouse(const net::FileDrop& drop, HouseHabits habits) : drop_(drop), habits_(habits) {}
  // Makes the folders that are missing.
  Outcome open() const;
  // Takes what lies there, and answers what is due: everything at once, or only what is due at `now`.
  Result<HouseRound> round(std::optional<Instant> now = std::nullopt) const;

 private:
  struct Stage;
  Outcome answer(const Stage& stage, const LetterBatch& batch, HouseRound& round) const;
  Outcome take(const std::string& file, HouseRound& round) const;
  Outcome goOn(const Stage& stage, const std::string& file, std::optional<Instant> now,
               HouseRound& round) const;
  Result<LetterBatch> read(std::string_view folder, const std::string& file) const;
  std::uint64_t chance(const BatchLetter& letter, std::string_view what) const;
  PrintReceipt receiptOf(const Stage& stage, const LetterBatch& batch, const BatchLetter& letter) const;

  const net::FileDrop& drop_;
  HouseHabits habits_;
};

}  // namespace postgang::channels
