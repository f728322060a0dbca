#include "app/simulator.h"

#include <pthread.h>

#include <csignal>
#include <ctime>
#include <iostream>

#include "app/command.h"
#include "base/decimal.h"

namespace postgang::app {

namespace {

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

}  // namespace

std::vector<Setting> simulatorSettings(std::string_view words, std::string_view seedWords) {
  return {{"drop", "", std::string(words) + ": sftp://user@host:port/path or file:///path", "URL"},
          {"key", "", "sftp: the private key to sign in with", "FILE"},
          {"host-key", "", "sftp: the server's key, as ssh-keygen -l prints it; may be given several times",
           "SHA256"},
          {"once", "false", "takes what lies there, answers, and ends", ""},
          {"every", "5", "how long it rests between two looks", "SECONDS"},
          {"seed", "1", std::string(seedWords), "N"}};
}

Result<net::FileDrop> dropOf(const Settings& settings) {
  net::DropAccess access;
  TRY(access.url, needed(settings, "drop"));
  access.keyFile = settings.text("key");
  if (settings.isSet("host-key")) access.hostKeys = settings.all("host-key");
  return net::FileDrop::at(access);
}

Result<std::uint64_t> seedOf(const Settings& settings) {
  TRY(const auto seed, settings.number("seed"));
  if (seed < 0) return wrongUse("--seed is a number from 0.");
  return static_cast<std::uint64_t>(seed);
}

Result<int> perMillion(const Settings& settings, std::string_view name) {
  const auto part = Decimal::parse(settings.text(name));
  const auto scaled = part ? part->times(1'000'000) : std::nullopt;
  const auto whole = scaled ? scaled->rounded(0).hundredths() : std::nullopt;
  if (!whole || *whole < 0 || *whole > 100'000'000)
    return wrongUse("--" + std::string(name) + " is a share from 0 to 1.");
  return static_cast<int>(*whole / 100);
}

Result<int> lookAgain(const Settings& settings, const std::function<Outcome()>& look) {
  TRY(const auto every, settings.number("every"));
  if (every < 1 || every > 86'400) return wrongUse("--every is from 1 to 86400 seconds.");
  for (;;) {
    const auto looked = look();
    if (settings.yes("once")) {
      CHECK_OK(looked);
      return 0;
    }
    if (!looked) std::cerr << looked.error().code << ": " << looked.error().detail << std::endl;
    if (ended(every)) return 0;
  }
}

}  // namespace postgang::app
