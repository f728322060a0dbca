// Stores with people who are told things, on both stores.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "store/access_rows.h"
#include "store/notifications.h"
#include "tests/store/both_stores.h"

namespace postgang::store {

class ToldPeople : public BothStores {
 protected:
  UserId person(const std::string& email, std::vector<Membership> memberships, bool staff = false) {
    User user;
    user.id = ids_.next<UserId>();
    user.email = email;
    user.name = "Karin Sund";
    user.staff = staff;
    user.memberships = std::move(memberships);
    write([&](Transaction& tx) { return createUser(tx, user); });
    return user.id;
  }
  NotificationId put(Notification row) {
    row.id = ids_.next<NotificationId>();
    row.firstAt = row.lastAt = clock_.now();
    write([&](Transaction& tx) { return createNotification(tx, row); });
    clock_.advanceSeconds(1);
    return row.id;
  }
};

}  // namespace postgang::store
