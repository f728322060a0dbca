// All that stands in for what is outside of the house in the demo world: mail server, print house, banks,
// Peppol and the folders of receivers' systems. What the operator has set up is used instead.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "app/demo/banks.h"
#include "app/demo/peppol_world.h"
#include "app/demo/post_office.h"
#include "app/house.h"

namespace postgang::app::demo {

struct Outside {
  std::shared_ptr<PostOffice> office = {};
  std::shared_ptr<Banks> banks = {};  // null: there is none here, or a real one

  std::shared_ptr<PeppolWorld> peppol = {};

  // `options` says what is set up already. `publicUrl` is what links in mail begin with. Codes: those of the
  // single ones.
  static Result<Outside> open(std::uint64_t seed, const World& world, const WorldTime& time,
                              const std::string& publicUrl, const House::Options& options);
  void standIn(House::Options& options) const;
};

}  // namespace postgang::app::demo
