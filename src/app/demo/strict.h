// Receivers of the demo world that demand something of their suppliers, and what their suppliers make of it:
// who is careful, who is not, who gets better. ordering.h has the filters that say the same to the flow.
#pragma once

#include <vector>

#include "app/demo/paper.h"

namespace postgang::app::demo {

// The strict receivers, as World::strict has them.
enum class Strict : std::size_t {
  head,        // Nordhamn AB
  energy,      // Nordhamn Energi AB
  property,    // Nordhamn Fastigheter AB
  freight,     // Nordhamn Frakt AB
  orders,      // the two outside the group where somebody can sign in
  references,  //
  facilities,  // buys power for several facilities, an invoice for each
  contracts,   // has several contracts with Nordhamn AB
  papers,      // wants to see what it pays for
  centres,     // books by cost centre
  accounts     // pays to registered accounts alone
};
inline constexpr std::size_t strict_receivers = 11;

// Chooses them, gives them codes and further suppliers, among them some that are no customers, and teaches
// all of their suppliers what to write.
void makeStrict(World& world, Random random);

const Company& strictCompany(const World& world, Strict which);

// How many of a thousand invoices of this relation fall short of what its buyer demands, on a day so many
// days before the world's end.
int slips_perMille(const World& world, const Relation& relation, int daysBeforeEnd);

// What goes wrong in the last days, so that there is something to put right when a visitor comes.
struct Incident {
  int relation = 0;
  Mistake mistake{};
  int workingDaysAgo = 1;
};
std::vector<Incident> lastDays(const World& world);

}  // namespace postgang::app::demo
