// `postgang access-point`: an access point that sends nothing, for trying out Peppol without the network.
#include <pthread.h>

#include <csignal>
#include <iostream>

#include "app/command.h"
#include "app/file.h"
#include "app/simulator.h"
#include "base/text.h"
#include "channels/sandbox_access_point.h"
#include "formats/peppol_ids.h"
#include "net/http_server.h"
#include "net/router.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  return {{"listen", "127.0.0.1:8090", "where to listen; port 0 takes a free one", "ADDRESS:PORT"},
          {"token", "", "what those who hand over documents must show", "FILE"},
          {"postgang", "http://127.0.0.1:8080", "the server that answers are handed in to", "URL"},
          {"postgang-token", "", "what it is shown: its --peppol-inbound-token", "FILE"},
          {"service-provider", "0242:000002", "whose receivers these are", "0242:NNNNNN"},
          {"receiver", "",
           "what is said for this one: AP, AB, RE, or refuse, later, queue; may be given several times",
           "ID=ANSWER"},
          {"response", "", "and the invoice response that it sends: AP, RE, UQ …; several times", "ID=CODE"},
          {"seed", "1", "the same seed chooses the same", "N"},
          {"rejected", "0", "how many of the others are rejected", "SHARE"},
          {"blind", "0", "and how many are handed on without a confirmation", "SHARE"},
          {"hand-in", "", "hands in this document once, and ends", "FILE"},
          {"sender", "", "of what is handed in", "ID"},
          {"for", "", "whom it is for", "ID"},
          {"every-status", "false", "its sender wants every status, not rejections alone", ""}};
}

Result<std::string> tokenIn(const Settings& settings, std::string_view name) {
  TRY(const auto file, needed(settings, name));
  TRY(const auto bytes, readFile(file));
  return std::string(trimmed(bytes));
}

Outcome readPairs(const Settings& settings, std::string_view name,
                  std::map<std::string, std::string, std::less<>>& pairs) {
  if (!settings.isSet(name)) return {};
  for (const auto& pair : settings.all(name)) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || !formats::isPeppolParticipant(pair.substr(0, equals)))
      return wrongUse("--" + std::string(name) + " is a participant and its answer: 0007:5599900122=RE.");
    pairs[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return {};
}

Result<channels::SandboxOptions> optionsIn(const Settings& settings) {
  channels::SandboxOptions options;
  options.url = settings.text("postgang");
  while (options.url.ends_with('/')) options.url.pop_back();
  TRY(options.inboundToken, tokenIn(settings, "postgang-token"));
  options.provider = settings.text("service-provider");
  if (!formats::isPeppolServiceProvider(options.provider))
    return wrongUse("--service-provider is 0242: and six digits.");
  CHECK_OK(readPairs(settings, "receiver", options.receivers));
  CHECK_OK(readPairs(settings, "response", options.responses));
  TRY(options.seed, seedOf(settings));
  TRY(options.rejected_perMillion, perMillion(settings, "rejected"));
  TRY(options.blind_perMillion, perMillion(settings, "blind"));
  return options;
}

Result<int> handIn(const Settings& settings, channels::SandboxOptions options) {
  TRY(const auto document, readFile(settings.text("hand-in")));
  TRY(const auto sender, needed(settings, "sender"));
  TRY(const auto receiver, needed(settings, "for"));
  const SystemClock clock;
  channels::SandboxAccessPoint gateway(std::move(options), clock);
  TRY(const auto reply, gateway.handIn(document, sender, receiver, settings.yes("every-status")));
  std::cout << reply.body << "\n";
  return reply.status < 300 ? 0 : 1;
}

Result<int> run(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(auto options, optionsIn(settings));
  if (settings.isSet("hand-in")) return handIn(settings, std::move(options));
  TRY(options.token, tokenIn(settings, "token"));
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const SystemClock clock;
  channels::SandboxAccessPoint gateway(std::move(options), clock);
  net::Router router;
  gateway.addRoutes(router);
  net::HttpServerConfig config;
  config.handler = [&router](net::Request& request) { return router(request); };
  config.limits.bodyLimit = [&router](auto method, auto path) { return router.bodyLimit(method, path); };
  config.workers = 4;
  net::HttpServer server(std::move(config));
  TRY(const auto port, server.listen(settings.text("listen")));
  std::cout << "an access point that sends nothing, on port " << port << std::endl;
  int signal = 0;
  while (sigwait(&signals, &signal) != 0) {
  }
  server.stop();
  return 0;
}

}  // namespace

const Command access_point_command{"access-point",
                                   "--token FILE --postgang URL --postgang-token FILE [--receiver ID=RE] "
                                   "[--response ID=RE] | --hand-in FILE",
                                   "a simulated access point: takes envelopes, answers for receivers; no AS4",
                                   settings, run};

}  // namespace postgang::app
