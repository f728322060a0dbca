// Random traffic among the companies of a random group, who asks about it, and what the model says of each
// side of it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/visibility.h"
#include "tests/access/random_group.h"
#include "tests/store/smartmail_world.h"

namespace postgang::access {

class RandomTraffic : public RandomGroup<store::SmartmailWorld> {
 protected:
  void send(int documents) {
    for (int i = 0; i < documents; ++i) {
      Sent sent;
      sent.sender = any();
      sent.receiver = any();
      sent.kind = some(3) == 0 ? Kind::credit_note : Kind::invoice;
      sent.number = "F" + std::to_string(7000 + i);
      sent.fate = static_cast<Fate>(some(4));
      auto facts = invoiceFacts(sent.sender, sent.receiver, sent.number);
      facts.kind = sent.kind;
      facts.accounts = {"bankgiro:54029681"};
      if (sent.fate == Fate::delivered) {
        sent.document = delivered(sent.sender, sent.receiver, facts);
      } else {
        sent.document = received(sent.sender);
        appendTo(sent.document, {{store::EventType::recognised, {}, facts}});
      }
      if (sent.fate == Fate::stopped) {
        store::StoppedFact stopped;
        stopped.receiver = sent.receiver;
        appendTo(sent.document, {{store::EventType::stopped, {}, stopped}});
      }
      if (sent.fate == Fate::mailed) {
        const auto mail = mailFact(ids_.next<DeliveryId>());
        appendTo(sent.document,
                 {{store::EventType::delivery_started, {}, mail}, {store::EventType::sent, {}, after(mail)}});
      }
      sent.arrived = sent.fate == Fate::delivered || sent.fate == Fate::stopped;
      sent_.push_back(sent);
      clock_.advanceSeconds(1 + some(50'000));
    }
  }

  store::User someone() {
    store::User user;
    user.id = ids_.next<UserId>();
    user.name = "Karin Sand";
    constexpr const char* roles[] = {"reader", "support", "clerk", "administrator"};
    for (int i = 0; i <= some(3); ++i) user.memberships.push_back({any(), roles[some(4)]});
    return user;
  }

  bool sees(const Asker& as, CompanyId company, Direction direction, Kind kind, bool toAct = false) const {
    return model_.sees(as.user, as.company, as.everything, company, direction, kind, toAct);
  }

  // Somebody, acting for one of the companies that it may act for.
  Asker anybody() {
    Asker as{someone(), {}, some(2) == 0};
    const auto mayActFor = model_.mayActFor(as.user);
    as.company = *std::next(mayActFor.begin(), some(static_cast<int>(mayActFor.size())));
    return as;
  }
  store::Viewer viewerFor(const Asker& as) {
    std::optional<store::Viewer> viewer;
    read([&](store::Reader& reader) -> Outcome {
      TRY(const auto company, companyToActFor(reader, as.user, as.company));
      TRY(viewer, viewerOf(reader, as.user, company, as.everything));
      return {};
    });
    return viewer.value_or(store::Viewer::ofCompanies({}, {}));
  }
  // Whether all of the company is seen, not traffic of it alone.
  bool seesWhole(const Asker& as, CompanyId company) const {
    std::set<CompanyId> own{as.company};
    if (as.everything) own.merge(model_.mayActFor(as.user));
    return std::ranges::any_of(own, [&](CompanyId each) { return model_.beneath(each).contains(company); });
  }

  // The sides that the model says are seen; `once`: of a document whose both sides are, the sender's alone.
  std::multiset<std::string> sides(const Asker& as, bool once, std::optional<Direction> direction = {},
                                   std::optional<CompanyId> company = {}) const {
    std::multiset<std::string> all;
    for (const auto& sent : sent_) {
      const bool asSender = sees(as, sent.sender, Direction::sent, sent.kind);
      const bool asReceiver = sent.arrived && sees(as, sent.receiver, Direction::received, sent.kind);
      const auto add = [&](CompanyId whose, Direction way) {
        if (company.value_or(whose) == whose && direction.value_or(way) == way)
          all.insert(side(sent.document, whose, way));
      };
      if (asSender) add(sent.sender, Direction::sent);
      if (asReceiver && !(once && asSender)) add(sent.receiver, Direction::received);
    }
    return all;
  }

  std::vector<Sent> sent_;
};

}  // namespace postgang::access
