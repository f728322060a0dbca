// Receivers' own systems in the demo world: programs that fetch by the API and confirm, some of them too
// late, and one that takes files out of its folder. Their settings are made as the API makes them.
#pragma once

#include <optional>
#include <string>

#include "app/demo/people.h"
#include "app/house.h"
#include "channels/handover.h"

namespace postgang::app::demo {

class Systems {
 public:
  Systems(House& house, const World& world, const People& people)
      : house_(house), world_(world), people_(people) {}

  // A folder of the data's where the operator has set up none. A data folder's name that no drop can have
  // leaves it so, and who takes files has the inbox then.
  static void standIn(const std::string& dataFolder, channels::HandoverRules& rules);

  // From now on its system takes what comes.
  Outcome connect(int company);
  // Its program fetches this document and says that it has it, or (`refusal`) that it will not have it.
  // Somebody may have been before it.
  Outcome confirm(int company, DocumentId document, const std::optional<std::string>& refusal);
  // Takes all files out of its folder.
  Outcome emptyFolder(int company);

 private:
  const channels::HandoverRules& rules() const;

  House& house_;
  const World& world_;
  const People& people_;
};

}  // namespace postgang::app::demo
