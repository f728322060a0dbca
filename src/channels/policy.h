// Multikanal: how a company's documents choose among the channels that reach a recipient. Pure. JSON in the
// store (store/policies.h), over the API as it stands here:
//
//   {"by": "price", "order": [], "asks": false,
//    "demands": [{"who": "everyone", "verb": "never", "channels": ["print"]},
//                {"who": "public-sector", "verb": "only", "channels": ["network", "peppol"]},
//                {"who": "named", "counterparts": ["0007:55…"], "verb": "only", "channels": ["print"]}]}
//
// A counterpart's own order of channels (store::Partner) goes before `by`, and what a sender asks for one
// document goes before everything.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/text.h"
#include "channels/channel.h"

namespace postgang::channels {

struct PolicyDemand {
  enum class Who { everyone, companies, persons, public_sector, named };
  enum class Verb { never, only };
  Who who = Who::everyone;
  std::vector<std::string> counterparts;  // of `named`: identifiers, as partners keep them
  Verb verb = Verb::never;
  std::vector<std::string> channels;  // names, one at least
  bool operator==(const PolicyDemand&) const = default;
};
std::string_view name(PolicyDemand::Who who);  // "everyone", "companies", "persons", "public-sector", "named"
std::string_view name(PolicyDemand::Verb verb);  // "never", "only"

struct Policy {
  enum class By { price, speed, order };
  By by = By::price;
  std::vector<std::string> order;     // of By::order; what it leaves out comes behind, the cheapest first
  std::vector<PolicyDemand> demands;  // all that apply to a recipient hold
  bool asks = false;                  // where a channel has failed or bounced its sender chooses the next one
  bool operator==(const Policy&) const = default;
};
std::string_view name(Policy::By by);  // "price", "speed", "order"

struct PolicyLimits {
  static constexpr std::size_t demands_max = 50, counterparts_max = 500, channels_max = 20;
  static constexpr std::size_t json_bytes_max = 64 * 1024;
};

// Strict: what nobody knows is refused; `channels` are the names that there are. `where` of a problem is a
// JSON pointer. Code: policy-malformed (invalid), with parameter `field`. Empty text is the policy of whoever
// has set none.
Result<Policy> policyFromJson(std::string_view json, const std::vector<std::string>& channels);
// Of what the store has: what is not to be read is the policy of whoever has set none.
Policy policyOf(std::string_view kept);
std::string policyToJson(const Policy& policy);

// Whom a demand may be about. Swedish organisation numbers of group 2 are the state's, regions',
// municipalities' and parishes' (SFS 1974:174); in other countries the number does not tell.
bool isPublicSector(const Recipient& recipient);
bool applies(const PolicyDemand& demand, const Recipient& recipient);

// The first demand that keeps the channel from this recipient.
const PolicyDemand* keptFrom(const Policy& policy, const Recipient& recipient, std::string_view channel);

// One channel as it stands for a recipient.
struct Candidate {
  std::string channel;
  std::optional<Decimal> price;
  int typicalHours = 0;  // until it is there
};
// The order in which they are tried: the counterpart's own channels first, then by the policy. Stable.
std::vector<Candidate> arranged(const Policy& policy, const Recipient& recipient,
                                std::vector<Candidate> candidates);

// What the policy says, in sentences, one for each part: first how it chooses, then its demands, then what
// happens when a channel fails. `nameOf` a counterpart's identifier; empty: the identifier itself.
std::vector<std::string> policySentences(const Policy& policy, Language language,
                                         const std::map<std::string, std::string>& nameOf = {});

}  // namespace postgang::channels
