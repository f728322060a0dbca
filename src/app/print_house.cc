// `postgang print-house`: a simulated print house at a drop, for trying out the paper road without paper.
#include "channels/print_house.h"

#include <iostream>

#include "app/command.h"
#include "app/simulator.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  auto all =
      simulatorSettings("where batches come and receipts go", "the same seed returns the same letters");
  all.push_back(
      {"in-time", "false", "answers only when it is time by this machine's clock, not at once", ""});
  all.push_back({"returned", "0.01", "how many of the letters come back", "SHARE"});
  return all;
}

void tell(const channels::HouseRound& round) {
  for (const auto& refused : round.refused) std::cout << "refused " << refused << "\n";
  if (round.idle()) return;
  std::cout << round.batches << " batches taken (" << round.letters << " letters); " << round.printed
            << " printed, " << round.posted << " posted, " << round.returned << " returned";
  if (round.repeated > 0) std::cout << "; " << round.repeated << " had come before";
  std::cout << std::endl;
}

Result<int> run(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto seed, seedOf(settings));
  TRY(const int returned, perMillion(settings, "returned"));
  TRY(const auto drop, dropOf(settings));
  const channels::PrintHouse house(drop, {seed, returned});
  const SystemClock clock;
  CHECK_OK(house.open());
  return lookAgain(settings, [&]() -> Outcome {
    TRY(const auto round, house.round(settings.yes("in-time") ? std::optional(clock.now()) : std::nullopt));
    tell(round);
    return {};
  });
}

}  // namespace

const Command print_house_command{
    "print-house", "--drop URL [--key FILE --host-key SHA256:…] [--once] [--seed N] [--returned 0.01]",
    "a simulated print house: takes batches of letters, answers with receipts", settings, run};

}  // namespace postgang::app
