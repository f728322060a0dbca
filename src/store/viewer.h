// Who is asking. Every read in the store takes a Viewer and answers as if what the viewer may not see did not
// exist. Only access/ makes viewers for people and keys; flow/ and the command line ask as the system itself.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"

namespace postgang::store {

enum class ActorKind { system, person, key, channel, demo };
std::string_view name(ActorKind kind);

struct Actor {
  ActorKind kind = ActorKind::system;
  std::string id;    // user id, key id, channel name; empty for the system
  std::string name;  // as the timeline shows it: "Karin Sund", "Affärssystem"
};

class Viewer {
 public:
  static Viewer system() { return Viewer(true, {}, Actor{}); }
  // Operator staff acting for the operator: every company, under their own name.
  static Viewer ofStaff(Actor actor) { return Viewer(true, {}, std::move(actor)); }
  static Viewer ofCompanies(std::vector<CompanyId> companies, Actor actor) {
    return Viewer(false, std::move(companies), std::move(actor));
  }
  bool seesAll() const { return seesAll_; }
  std::span<const CompanyId> companies() const { return companies_; }  // empty when seesAll()
  bool sees(CompanyId company) const;
  const Actor& actor() const { return actor_; }

 private:
  Viewer(bool seesAll, std::vector<CompanyId> companies, Actor actor)
      : seesAll_(seesAll), companies_(std::move(companies)), actor_(std::move(actor)) {}
  bool seesAll_;
  std::vector<CompanyId> companies_;
  Actor actor_;
};

}  // namespace postgang::store
