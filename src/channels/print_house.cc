#include "channels/print_house.h"

#include <array>
#include <cstring>

#include "base/bytes.h"
#include "render/letter.h"

namespace postgang::channels {

// Where a batch lies, where it goes, which receipts that gives and when.
struct PrintHouse::Stage {
  const char* from;
  const char* to;
  PrintState state;
  int number;                         // of the file of receipts
  std::int64_t from_hours, to_hours;  // after the batch was made
};

namespace {

constexpr std::string_view zip_ending = ".zip";
constexpr std::int64_t hour = 3600;
constexpr std::uint64_t million = 1'000'000;

// Oftener the first ones.
constexpr std::array return_reasons = {"unknown-address", "unknown-address", "moved",   "moved",   "moved",
                                       "incomplete",      "unclaimed",       "refused", "deceased"};

Outcome unlessTaken(Outcome outcome) {
  if (!outcome && outcome.error().code == "drop-name-taken") return {};  // an earlier round wrote it
  return outcome;
}

}  // namespace

Outcome PrintHouse::open() const {
  for (const char* folder : {"in", "taken", "printed", "posted", "done", "refused", "out"})
    CHECK_OK(drop_.makeFolder(folder));
  return {};
}

Result<HouseRound> PrintHouse::round(std::optional<Instant> now) const {
  constexpr std::array stages = {Stage{"taken", "printed", PrintState::printed, 1, 2, 2},
                                 Stage{"printed", "posted", PrintState::posted, 2, 5, 5},
                                 Stage{"posted", "done", PrintState::returned, 3, 4 * 24, 8 * 24}};
  HouseRound round;
  TRY(const auto waiting, drop_.list("in"));
  for (const auto& file : waiting)
    if (file.ends_with(zip_ending)) CHECK_OK(take(file, round));
  for (const auto& stage : stages) {
    TRY(const auto files, drop_.list(stage.from));
    for (const auto& file : files) CHECK_OK(goOn(stage, file, now, round));
  }
  return round;
}

Result<LetterBatch> PrintHouse::read(std::string_view folder, const std::string& file) const {
  TRY(const auto zip, drop_.get(folder, file, batch_bytes_max));
  return readBatch(zip);
}

// Looks at every letter before it is taken: a manifest that does not say what is there must not be printed.
Outcome PrintHouse::take(const std::string& file, HouseRound& round) const {
  const auto refuse = [&](const std::string& why) {
    round.refused.push_back(file.substr(0, file.size() - zip_ending.size()) + ": " + why);
    return drop_.move("in", file, "refused");
  };
  for (const auto* folder : {"taken", "printed", "posted", "done", "refused"}) {
    TRY(const bool known, drop_.exists(folder, file));
    if (!known) continue;
    ++round.repeated;
    return drop_.remove("in", file);
  }
  const auto batch = read("in", file);
  if (!batch && batch.error().code.starts_with("drop-")) return fail(batch.error());
  if (!batch) return refuse(batch.error().detail);
  if (batch->id + std::string(zip_ending) != file) return refuse("it is called otherwise than its file");
  for (const auto& letter : batch->letters) {
    const auto pages = render::pagesOf(letter.pdf);
    const int sheets = pages ? (letter.duplex ? (*pages + 1) / 2 : *pages) : 0;
    if (!pages || *pages != letter.pages || sheets != letter.sheets)
      return refuse("the manifest is wrong about letter " + letter.delivery.text());
  }
  CHECK_OK(drop_.move("in", file, "taken"));
  ++round.batches;
  round.letters += static_cast<int>(batch->letters.size());
  return {};
}

Outcome PrintHouse::goOn(const Stage& stage, const std::string& file, std::optional<Instant> now,
                         HouseRound& round) const {
  TRY(const auto batch, read(stage.from, file));
  if (now && *now < batch.at.plusSeconds(stage.to_hours * hour)) return {};
  CHECK_OK(answer(stage, batch, round));
  return drop_.move(stage.from, file, stage.to);
}

Outcome PrintHouse::answer(const Stage& stage, const LetterBatch& batch, HouseRound& round) const {
  PrintReceipts all{batch.id, stage.number, {}};
  for (const auto& letter : batch.letters) {
    const bool comesBack =
        chance(letter, "back") % million < static_cast<std::uint64_t>(habits_.returnedPerMillion);
    if (stage.state != PrintState::returned || comesBack)
      all.receipts.push_back(receiptOf(stage, batch, letter));
  }
  if (all.receipts.empty()) return {};  // nothing to tell
  CHECK_OK(unlessTaken(drop_.put("out", receiptsFile(batch.id, stage.number), writeReceipts(all))));
  auto& counted = stage.state == PrintState::printed  ? round.printed
                  : stage.state == PrintState::posted ? round.posted
                                                      : round.returned;
  counted += static_cast<int>(all.receipts.size());
  return {};
}

PrintReceipt PrintHouse::receiptOf(const Stage& stage, const LetterBatch& batch,
                                   const BatchLetter& letter) const {
  PrintReceipt receipt{letter.delivery, stage.state, {}, {}, {}};
  const auto span = static_cast<std::uint64_t>((stage.to_hours - stage.from_hours) * hour + 1);
  const auto after = static_cast<std::int64_t>(chance(letter, "when") % span);
  receipt.at = batch.at.plusSeconds(stage.from_hours * hour + after);
  if (stage.state == PrintState::returned)
    receipt.reason = return_reasons[chance(letter, "why") % return_reasons.size()];
  return receipt;
}

std::uint64_t PrintHouse::chance(const BatchLetter& letter, std::string_view what) const {
  const auto digest = sha256({std::to_string(habits_.seed), "/", letter.delivery.text(), "/", what});
  std::uint64_t number = 0;
  std::memcpy(&number, digest.data(), sizeof number);
  return number;
}

}  // namespace postgang::channels
