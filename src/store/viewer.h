// Who is asking. Every read in the store takes a Viewer and answers as if what the viewer may not see did not
// exist. Only access/ makes viewers for people and keys; flow/ and the command line ask as the system itself.
//
// A viewer sees some companies whole: their traffic, both ways, and what is theirs beside it (partners,
// filters, settings). Of others it may see part of the traffic alone, where one company lets another see it
// (Delad insyn, grants.h). What it may do something with is a viewer of its own, acting(): every change asks
// the store with that one, so that no change can forget the question.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"

namespace postgang::document {
enum class Kind : std::uint8_t;
}

namespace postgang::store {

enum class Direction { sent, received };
std::string_view name(Direction direction);

enum class ActorKind { system, person, key, channel, demo };
std::string_view name(ActorKind kind);

struct Actor {
  ActorKind kind = ActorKind::system;
  std::string id;    // user id, key id, channel name; empty for the system
  std::string name;  // as the timeline shows it: "Karin Sund", "Affärssystem"
};

// What is seen of one company.
struct Sight {
  CompanyId company;
  bool sent = true, received = true;
  std::vector<document::Kind> kinds = {};  // empty: every kind
  bool mayAct = true;
  bool whole = true;  // its own people see it so: everything of it, not its traffic alone

  static Sight ofOwn(CompanyId company, bool mayAct = true) {
    return {company, true, true, {}, mayAct, true};
  }
};

class Viewer {
 public:
  static Viewer system();
  // Operator staff acting for the operator: sees every company under their own name, acts for the operator's
  // alone.
  static Viewer ofStaff(Actor actor, CompanyId operatorCompany = {});
  static Viewer ofCompanies(std::vector<CompanyId> companies, Actor actor);
  static Viewer ofSights(std::vector<Sight> sights, Actor actor);

  bool seesAll() const { return seesAll_; }
  std::span<const CompanyId> companies() const { return companies_; }  // seen whole; empty when seesAll()
  bool sees(CompanyId company) const;                                  // whole
  bool sees(CompanyId company, Direction direction, document::Kind kind) const;
  bool seesAnyOf(CompanyId company) const;  // some of its traffic at least

  // What is seen beside the companies seen whole: each company and direction once.
  struct Part {
    CompanyId company;
    Direction direction{};
    std::vector<document::Kind> kinds;  // sorted; empty: every kind
  };
  std::span<const Part> parts() const { return parts_; }

  Viewer acting() const;  // what it may do something with
  const Actor& actor() const { return actor_; }

 private:
  Viewer(bool seesAll, std::vector<Sight> sights, std::vector<Sight> acting, Actor actor);
  bool seesAll_, actsAll_ = false;
  std::vector<Sight> acting_;
  std::vector<CompanyId> companies_;  // sorted
  std::vector<Part> parts_;           // sorted by company and direction
  Actor actor_;
};

}  // namespace postgang::store
