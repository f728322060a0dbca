// Internet banks of the demo world: the simulated bank hub (channels/bank_hub.h) at a folder of the data's.
// Invoices to banks and answers about agreements are handed over there as to a real one; only what payers
// and banks do is made up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/problem.h"
#include "base/time.h"
#include "channels/bank_hub.h"
#include "channels/banking.h"
#include "net/file_drop.h"

namespace postgang::app::demo {

class Banks {
 public:
  // Null where the data folder's name is none that a drop can have (net/file_drop.h), which the log says.
  // Codes: the drop's, those of formats/described.h.
  // `every_minutes`: how often files leave for the banks.
  static Result<std::shared_ptr<Banks>> open(std::uint64_t seed, const std::string& dataFolder,
                                             int every_minutes);

  // Takes the place of a bank hub that is not set up.
  static void standIn(const std::shared_ptr<Banks>& banks, channels::Banking& banking);

  // Something lies there that has not been looked at.
  bool hasWork() const;
  // Takes what lies there and answers it.
  Outcome round(Instant now);
  // A payer applies, or ends it: told at once.
  Outcome apply(const channels::BankApplication& application);

 private:
  Banks(net::FileDrop drop, std::shared_ptr<const formats::Description> format, std::uint64_t seed,
        int every_minutes);

  const std::shared_ptr<const net::FileDrop> drop_;
  const std::shared_ptr<const formats::Description> format_;
  const int every_minutes_;
  channels::BankHub hub_;
};

}  // namespace postgang::app::demo
