// A clerk who asks for exports.
#pragma once

#include "flow/document_exports.h"
#include "store/access_rows.h"
#include "tests/flow/house.h"

namespace postgang::flow {

class Exporting : public House {
 protected:
  Exporting() {
    user_.id = ids_.next<UserId>();
    user_.email = "karin@nordhamn.example";
    user_.name = "Karin Sund";
    user_.memberships = {{energi_, "clerk"}};
    write([&](store::Transaction& tx) { return store::createUser(tx, user_); });
  }

  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto done = store_->write(store::Priority::background, body);
    EXPECT_TRUE(done) << done.error().code;
  }
  std::string folder() const { return folder_ + "/exports"; }
  store::Export order(const std::string& form) const {
    store::Export asked;
    asked.company = energi_;
    asked.asker = "user:" + user_.id.text();
    asked.by = user_.name;
    asked.form = form;
    asked.language = "sv";
    asked.filter = "{}";
    return asked;
  }

  store::User user_;
};

}  // namespace postgang::flow
