// `postgang print-house`: a simulated print house at a drop, for trying out the paper road without paper.
#include "channels/print_house.h"

#include <csignal>
#include <ctime>
#include <iostream>

#include "app/command.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  return {
      {"drop", "", "where batches come and receipts go: sftp://user@host:port/path or file:///path", "URL"},
      {"key", "", "sftp: the private key to sign in with", "FILE"},
      {"host-key", "", "sftp: the server's key, as ssh-keygen -l prints it; may be given several times",
       "SHA256"},
      {"once", "false", "takes what lies there, answers, and ends", ""},
      {"in-time", "false", "answers only when it is time by this machine's clock, not at once", ""},
      {"every", "5", "how long it rests between two looks", "SECONDS"},
      {"seed", "1", "the same seed returns the same letters", "N"},
      {"returned", "0.01", "how many of the letters come back", "SHARE"}};
}

Result<int> perMillion(const std::string& share) {
  const auto part = Decimal::parse(share);
  const auto scaled = part ? part->times(1'000'000) : std::nullopt;
  const auto whole = scaled ? scaled->rounded(0).hundredths() : std::nullopt;
  if (!whole || *whole < 0 || *whole > 100'000'000) return wrongUse("--returned is a share from 0 to 1.");
  return static_cast<int>(*whole / 100);
}

Result<net::FileDrop> dropOf(const Settings& settings) {
  net::DropAccess access;
  TRY(access.url, needed(settings, "drop"));
  access.keyFile = settings.text("key");
  if (settings.isSet("host-key")) access.hostKeys = settings.all("host-key");
  return net::FileDrop::at(access);
}

void tell(const channels::HouseRound& round) {
  for (const auto& refused : round.refused) std::cout << "refused " << refused << "\n";
  if (round.idle()) return;
  std::cout << round.batches << " batches taken (" << round.letters << " letters); " << round.printed
            << " printed, " << round.posted << " posted, " << round.returned << " returned";
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

Result<int> run(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto seed, settings.number("seed"));
  TRY(const auto every, settings.number("every"));
  if (seed < 0) return wrongUse("--seed is a number from 0.");
  if (every < 1 || every > 86'400) return wrongUse("--every is from 1 to 86400 seconds.");
  TRY(const int returned, perMillion(settings.text("returned")));
  TRY(const auto drop, dropOf(settings));
  const channels::PrintHouse house(drop, {static_cast<std::uint64_t>(seed), returned});
  const SystemClock clock;
  CHECK_OK(house.open());
  for (;;) {
    const auto now = settings.yes("in-time") ? std::optional(clock.now()) : std::nullopt;
    const auto round = house.round(now);
    if (round) tell(*round);
    if (settings.yes("once")) {
      if (!round) return fail(round.error());
      return 0;
    }
    // A drop that is down now is tried again: a print house stays.
    if (!round) std::cerr << round.error().code << ": " << round.error().detail << std::endl;
    if (ended(every)) return 0;
  }
}

}  // namespace

const Command print_house_command{
    "print-house", "--drop URL [--key FILE --host-key SHA256:…] [--once] [--seed N] [--returned 0.01]",
    "a simulated print house: takes batches of letters, answers with receipts", settings, run};

}  // namespace postgang::app
