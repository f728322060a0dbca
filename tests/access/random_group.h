// A random tree of companies with random grants, in the store and in the model that its answers are held
// against; and who may ask.
#pragma once

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

#include "store/companies.h"
#include "store/grants.h"
#include "tests/access/insight_model.h"

namespace postgang::access {

// As one user who acts for one company.
struct Asker {
  store::User user;
  CompanyId company;
  bool everything = false;
};

template <typename World>
class RandomGroup : public World {
 protected:
  int some(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  CompanyId any() { return companies_[static_cast<std::size_t>(some(static_cast<int>(companies_.size())))]; }

  // The second time the same companies are moved about, and what was given stands.
  void plant(unsigned seed, int companies, int grants) {
    random_.seed(seed);
    companies_.clear();
    for (int i = 1; i <= companies; ++i) {
      companies_.push_back(this->company(i));
      move(companies_.back(), {});
    }
    for (std::size_t i = 1; i < companies_.size(); ++i)
      if (some(4) != 0) move(companies_[i], companies_[static_cast<std::size_t>(some(static_cast<int>(i)))]);
    for (int i = 0; i < grants; ++i) give();
  }

  std::mt19937 random_;
  std::vector<CompanyId> companies_;
  Model model_;

 private:
  void move(CompanyId company, std::optional<CompanyId> parent) {
    this->write([&](store::Transaction& tx) { return store::setParent(tx, company, parent); });
    model_.parents[company] = parent;
  }

  void give() {
    store::Grant grant;
    grant.owner = any();
    grant.viewer = any();
    const int ways = some(3);
    grant.sent = ways != 1;
    grant.received = ways != 2;
    if (some(2) == 0) grant.kinds = {some(2) == 0 ? Kind::invoice : Kind::credit_note};
    grant.mayAct = some(2) == 0;
    grant.changedAt = this->clock_.now();
    if (grant.owner == grant.viewer) return;
    this->write([&](store::Transaction& tx) { return store::putGrant(tx, grant); });
    std::erase_if(model_.grants, [&](const store::Grant& stood) {
      return stood.owner == grant.owner && stood.viewer == grant.viewer;
    });
    model_.grants.push_back(grant);
  }
};

}  // namespace postgang::access
