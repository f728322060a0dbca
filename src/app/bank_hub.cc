// `postgang bank-hub`: a simulated bank hub at a drop, for trying out the road to internet banks without one.
#include "channels/bank_hub.h"

#include <iostream>

#include "app/banking.h"
#include "app/command.h"
#include "app/file.h"
#include "app/simulator.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  auto all = simulatorSettings("where files come and answers go", "the same seed refuses the same invoices");
  const std::vector<Setting> own = {
      {"format", "bank-xml", "bank-xml, bank-fixed, or a file that describes another", "FORMAT"},
      {"applications", "",
       "payers who apply, as a list: issuer;receiver;customerNumber;number;name;bank; `end` in a seventh "
       "column ends",
       "FILE"},
      {"refused", "0", "how many of the invoices banks refuse", "SHARE"},
      {"declined", "0", "how many of them payers decline", "SHARE"},
      {"refuse-files", "false", "refuses every file of invoices as a whole", ""},
      {"knows-everybody", "false", "invoices need no agreement that was accepted here", ""}};
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

void tell(const channels::HubRound& round) {
  for (const auto& refused : round.refused) std::cout << "refused " << refused << "\n";
  if (round.idle()) return;
  std::cout << round.files << " files taken (" << round.invoices << " invoices); " << round.shown
            << " shown, " << round.declined << " declined, " << round.refusedInvoices << " refused; "
            << round.answers << " agreements answered";
  if (round.repeated > 0) std::cout << "; " << round.repeated << " had come before";
  std::cout << std::endl;
}

Result<channels::HubHabits> habitsIn(const Settings& settings) {
  channels::HubHabits habits;
  TRY(habits.seed, seedOf(settings));
  TRY(habits.refusedPerMillion, perMillion(settings, "refused"));
  TRY(habits.declinedPerMillion, perMillion(settings, "declined"));
  habits.refusesFiles = settings.yes("refuse-files");
  habits.knowsEverybody = settings.yes("knows-everybody");
  return habits;
}

// Once, when it starts.
Outcome applyFor(const Settings& settings, const channels::BankHub& hub, Instant now) {
  if (!settings.isSet("applications")) return {};
  TRY(const auto table, readFile(settings.text("applications")));
  TRY(const auto applications, channels::applicationsIn(table, now));
  CHECK_OK(hub.apply(std::to_string(now.microseconds), applications, now));
  std::cout << applications.size() << " applications laid ready" << std::endl;
  return {};
}

Result<int> run(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto habits, habitsIn(settings));
  TRY(const auto format, readBankFormat(settings.text("format")));
  TRY(const auto drop, dropOf(settings));
  const channels::BankHub hub(drop, *format, habits);
  const SystemClock clock;
  CHECK_OK(hub.open());
  CHECK_OK(applyFor(settings, hub, clock.now()));
  return lookAgain(settings, [&]() -> Outcome {
    TRY(const auto round, hub.round(clock.now()));
    tell(round);
    return {};
  });
}

}  // namespace

const Command bank_hub_command{
    "bank-hub",
    "--drop URL [--key FILE --host-key SHA256:…] [--applications FILE] [--once] [--seed N] [--refused 0.05]",
    "a simulated bank hub: takes files of invoices, answers as banks do", settings, run};

}  // namespace postgang::app
