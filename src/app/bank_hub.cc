// `postgang bank-hub`: a simulated bank hub at a drop, for trying out the road to internet banks without one.
#include "channels/bank_hub.h"

#include <csignal>
#include <ctime>
#include <iostream>

#include "app/banking.h"
#include "app/command.h"
#include "app/file.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  return {{"drop", "", "where files come and answers go: sftp://user@host:port/path or file:///path", "URL"},
          {"key", "", "sftp: the private key to sign in with", "FILE"},
          {"host-key", "", "sftp: the server's key, as ssh-keygen -l prints it; may be given several times",
           "SHA256"},
          {"format", "bank-xml", "bank-xml, bank-fixed, or a file that describes another", "FORMAT"},
          {"applications", "",
           "payers who apply, as a list: issuer;receiver;customerNumber;number;name;bank; `end` in a seventh "
           "column ends",
           "FILE"},
          {"once", "false", "takes what lies there, answers, and ends", ""},
          {"every", "5", "how long it rests between two looks", "SECONDS"},
          {"seed", "1", "the same seed refuses the same invoices", "N"},
          {"refused", "0", "how many of the invoices banks refuse", "SHARE"},
          {"declined", "0", "how many of them payers decline", "SHARE"},
          {"refuse-files", "false", "refuses every file of invoices as a whole", ""},
          {"knows-everybody", "false", "invoices need no agreement that was accepted here", ""}};
}

Result<int> perMillion(const Settings& settings, const std::string& name) {
  const auto part = Decimal::parse(settings.text(name));
  const auto scaled = part ? part->times(1'000'000) : std::nullopt;
  const auto whole = scaled ? scaled->rounded(0).hundredths() : std::nullopt;
  if (!whole || *whole < 0 || *whole > 100'000'000) return wrongUse("--" + name + " is a share from 0 to 1.");
  return static_cast<int>(*whole / 100);
}

Result<net::FileDrop> dropOf(const Settings& settings) {
  net::DropAccess access;
  TRY(access.url, needed(settings, "drop"));
  access.keyFile = settings.text("key");
  if (settings.isSet("host-key")) access.hostKeys = settings.all("host-key");
  return net::FileDrop::at(access);
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

// Until the next look, or until somebody ends us: true.
bool ended(std::int64_t seconds) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const timespec rest{seconds, 0};
  return ::sigtimedwait(&signals, nullptr, &rest) > 0;
}

Result<channels::HubHabits> habitsIn(const Settings& settings) {
  channels::HubHabits habits;
  TRY(const auto seed, settings.number("seed"));
  if (seed < 0) return wrongUse("--seed is a number from 0.");
  habits.seed = static_cast<std::uint64_t>(seed);
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
  TRY(const auto every, settings.number("every"));
  if (every < 1 || every > 86'400) return wrongUse("--every is from 1 to 86400 seconds.");
  TRY(const auto habits, habitsIn(settings));
  TRY(const auto format, readBankFormat(settings.text("format")));
  TRY(const auto drop, dropOf(settings));
  const channels::BankHub hub(drop, *format, habits);
  const SystemClock clock;
  CHECK_OK(hub.open());
  CHECK_OK(applyFor(settings, hub, clock.now()));
  for (;;) {
    const auto round = hub.round(clock.now());
    if (round) tell(*round);
    if (settings.yes("once")) {
      if (!round) return fail(round.error());
      return 0;
    }
    // A drop that is down now is tried again: a hub stays.
    if (!round) std::cerr << round.error().code << ": " << round.error().detail << std::endl;
    if (ended(every)) return 0;
  }
}

}  // namespace

const Command bank_hub_command{
    "bank-hub",
    "--drop URL [--key FILE --host-key SHA256:…] [--applications FILE] [--once] [--seed N] [--refused 0.05]",
    "a simulated bank hub: takes files of invoices, answers as banks do", settings, run};

}  // namespace postgang::app
