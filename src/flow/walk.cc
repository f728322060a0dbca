#include "flow/walk.h"

#include "channels/peppol.h"
#include "channels/print_code.h"
#include "flow/addressee.h"
#include "flow/filter.h"
#include "flow/findings.h"
#include "flow/header_fact.h"
#include "flow/parse.h"
#include "flow/recognise.h"
#include "flow/remember.h"
#include "flow/route.h"
#include "flow/sandbox_receivers.h"

namespace postgang::flow {

namespace {

Walked stoppedBy(const Problem& problem) {
  Walked walked;
  walked.findings.push_back(finding(problem));
  return walked;
}

// What the sender has asked for by a code in the file, which says that it is to be printed, or is for the
// bank.
std::string wishIn(const document::BusinessDocument& document, const channels::Registry& channels) {
  const auto code = channels::printCodeOf(document);
  if (!code || !code->known) return {};
  if (!code->bank) return "print";
  return channels.find("bank") ? "bank" : std::string();
}

// A channel that the upload names is meant. A code in the file says how the sender would have it: where that
// channel does not reach, Multikanal chooses.
Result<Route> routeFor(store::Reader& reader, const channels::Registry& channels, const Arrival& arrival,
                       const document::BusinessDocument& document, const channels::Recipient& recipient,
                       Instant now) {
  if (arrival.channel.empty()) {
    if (const auto wish = wishIn(document, channels); !wish.empty()) {
      TRY(auto wished, flow::route(reader, channels, arrival.sender, recipient, now, wish));
      if (wished.reaches()) return wished;
    }
  }
  return flow::route(reader, channels, arrival.sender, recipient, now, arrival.channel);
}

}  // namespace

Result<Walked> walk(store::Reader& reader, const channels::Registry& channels, const Arrival& arrival,
                    Instant now, const Registers* registers) {
  Walked walked;

  // Which format is it? From here on the bytes are a well-formed tree of a format that we read.
  const auto recognised = recognise(arrival.bytes);
  if (!recognised) return stoppedBy(recognised.error());

  // What does it say? From here on there is a business document, however wrong.
  const auto read = parse(*recognised);
  if (!read) return stoppedBy(read.error());
  walked.recognised = recognisedFact(*recognised, read->facts);
  walked.parsed = read->document.serialized();

  // May it go out? From here on what every receiver may demand is there and adds up.
  TRY(const auto sender, Identity::of(reader, arrival.sender));
  walked.findings = filter(read->document, read->facts, sender);
  if (stops(walked.findings)) return walked;
  walked.businessKey = businessKeyOf(read->facts, sender);

  // Which road does it take?
  TRY(const auto recipient, addresseeOf(reader, arrival.sender, read->facts, walked.recognised->format));
  if (registers) {
    TRY(walked.unasked, registers->openQuestions(reader, recipient));
    if (!walked.unasked.empty()) return walked;
  }
  TRY(auto route, routeFor(reader, channels, arrival, read->document, recipient, now));
  if (const auto why = channels::whyNotByPeppol(read->document)) keepFrom(route, "peppol", *why);
  if (!route.reaches())
    walked.failed =
        arrival.channel.empty() ? noChannel(route, recipient) : chosenDoesNotReach(route, recipient);
  walked.routed = std::move(route.plan);

  // Will its receiver have it?
  if (!walked.failed && channels.isSandbox() && !walked.routed->receiver) {
    TRY(walked.judged, judgeByTestReceiver(recipient, read->document, now));
  } else if (!walked.failed && walked.routed->receiver) {
    TRY(walked.judged, judgeByReceiver(reader, *walked.routed->receiver, read->document, arrival.root, now));
    if (walked.judged.verdict == Verdict::stop) {
      TRY(walked.remembered, rememberedFor(reader, arrival.sender, recipient, walked.judged.findings));
    }
  }
  return walked;
}

}  // namespace postgang::flow
