// What tests of people share: a vault, callers, and the jobs that mail.
#pragma once

#include "store/account_mails.h"
#include "store/jobs.h"
#include "tests/access/world.h"

namespace postgang::access {

class PeopleWorld : public World {
 protected:
  PeopleWorld() {
    auto options = optionsOfTests();
    options.vault = &vault_;
    access_ = std::make_unique<Access>(*store_, clock_, options);
  }

  CallerPointer caller(std::string_view email) {
    const auto signedIn = access_->signIn(email, password, "192.0.2.7", {}, "Firefox, Windows");
    EXPECT_TRUE(signedIn) << signedIn.error().code;
    return signedIn ? signedIn->caller : nullptr;
  }

  // What mails wait to be sent, and they are waiting no longer.
  std::vector<store::AccountMail> mails(std::string_view what) {
    std::vector<store::AccountMail> found;
    const auto jobs = store::claim(*store_, {"account-mail"}, 100, 60);
    EXPECT_TRUE(jobs);
    for (const auto& job : *jobs) {
      EXPECT_TRUE(store_->write(store::Priority::background,
                                [&](store::Transaction& tx) { return store::complete(tx, job); }));
      auto mail = store::accountMailIn(job);
      if (mail.what == what) found.push_back(std::move(mail));
    }
    return found;
  }

  template <typename Answer>
  static std::string codeOf(const Answer& answer) {
    return answer ? std::string("good") : answer.error().code;
  }

  const From here{"192.0.2.7", "Firefox, Windows"};
  const Vault vault_ = Vault::withKey(std::string(32, 'k'));
};

}  // namespace postgang::access
