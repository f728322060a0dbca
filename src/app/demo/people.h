// The demo world laid into a store: companies, designs, users, keys and what is known of private persons.
// After this, everything that happens goes through the flow.
#pragma once

#include <string>
#include <vector>

#include "app/demo/world.h"
#include "app/house.h"
#include "store/viewer.h"

namespace postgang::app::demo {

// The demo users' password. It is written in the documentation: a demo world holds no secrets.
inline constexpr std::string_view demo_password = "postgang-demo";

inline constexpr std::string_view operator_name = "Postgång Drift";
std::string operatorIdentifier();

struct SignIn {
  std::string email, name, company, role;
};

// The same companies and people as the store knows them, by their index in the world.
struct People {
  CompanyId operatorCompany;
  std::vector<CompanyId> companies;    // 0 where the company is no customer
  std::vector<store::Actor> readers;   // a person of each customer
  std::vector<store::Actor> programs;  // its own system, where that fetches
  std::vector<SignIn> signIns;
};

Result<People> settle(House& house, const World& world);
// Finds them again in a store that was settled with the same world. Code not-a-demo-world.
Result<People> findPeople(House& house, const World& world);

}  // namespace postgang::app::demo
