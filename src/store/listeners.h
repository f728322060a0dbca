// Who there is to be told of what happens in a company, with what each has chosen. Whether one of them hears
// is flow/tell_people.h's to decide.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "store/store.h"

namespace postgang::store {

struct Listener {
  UserId user;
  std::string email, role;  // the role in the company that it belongs to; "operator" of staff
  // The company is its own: it was given it, or nobody was and it was given the nearest one above. Else it
  // has asked to hear of companies that it sees.
  bool own = true;
  int digestHour = 7;
  // What it has chosen of the kind, if anything.
  std::optional<std::string> mail = {};
  std::optional<bool> portal = {};
};
inline constexpr int listeners_max = 500;

// Active people, no staff; each once, the company's own first.
Result<std::vector<Listener>> listenersOf(Reader& reader, CompanyId company, std::string_view kind);
Result<std::vector<Listener>> staffListeners(Reader& reader, std::string_view kind);
// nullopt: there is no such person, or it is not active.
Result<std::optional<Listener>> listener(Reader& reader, UserId user, std::string_view kind);

}  // namespace postgang::store
