#include "flow/registers.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "store/lookups.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

using store::Lookup;

// A register in the test's hand.
class Telling final : public channels::OutsideRegister {
 public:
  Telling(std::string name, std::atomic<int>& asked, std::mutex& mutex, std::condition_variable& came)
      : name_(std::move(name)), asked_(asked), mutex_(mutex), came_(came) {}
  std::string_view name() const override { return name_; }
  std::string keyOf(const channels::Recipient& recipient) const override {
    return recipient.identifiers.empty() ? std::string() : recipient.identifiers.front();
  }
  Lookup ask(const std::string& key, int milliseconds) const override {
    std::unique_lock lock(mutex_);
    ++asked_;
    came_.notify_all();
    const std::chrono::milliseconds atMost(waitsFor > 0 ? 10 * milliseconds : milliseconds);
    // Until so many have been asked, or for as long as it may take.
    if (waitsFor > 0 && !came_.wait_for(lock, atMost, [&] { return asked_ >= waitsFor; })) return {};
    if (silent) came_.wait_for(lock, atMost, [] { return false; });
    Lookup answer;
    if (silent) return answer;
    answer.result = key == "0007:5599900023" ? Lookup::Result::found : Lookup::Result::absent;
    answer.facts = key == "0007:5599900023" ? R"({"participant":")" + key + "\"}" : "";
    return answer;
  }
  bool silent = false;
  int waitsFor = 0;

 private:
  std::string name_;
  std::atomic<int>& asked_;
  std::mutex& mutex_;
  std::condition_variable& came_;
};

class RegistersAsked : public House {
 protected:
  RegistersAsked() {
    Registered all;
    for (auto* each : {&first_, &second_}) {
      auto made = std::make_shared<Telling>(each == &first_ ? "first" : "second", asked_, mutex_, came_);
      *each = made.get();
      all.push_back(std::move(made));
    }
    RegisterSettings settings;
    settings.milliseconds = 40;
    registers_ = std::make_unique<Registers>(*store_, clock_, std::move(all), settings);
  }
  ~RegistersAsked() override { registers_.reset(); }

  static channels::Recipient known(const std::string& identifier = "0007:5599900023") {
    channels::Recipient recipient;
    recipient.identifiers = {identifier};
    return recipient;
  }
  std::vector<Registers::Question> open(const channels::Recipient& recipient) {
    std::vector<Registers::Question> questions;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(questions, registers_->openQuestions(reader, recipient));
      return {};
    }));
    return questions;
  }
  std::string kept(const std::string& registerName, const std::string& key = "0007:5599900023") {
    std::string result = "nothing";
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto found, store::lookup(reader, registerName, key));
      if (found) result = std::string(store::name(found->result));
      return {};
    }));
    return result;
  }
  int askAbout(const channels::Recipient& recipient) {
    const int before = asked_;
    EXPECT_TRUE(registers_->ask(open(recipient)));
    return asked_ - before;
  }

  std::atomic<int> asked_{0};
  std::mutex mutex_;
  std::condition_variable came_;
  Telling* first_ = nullptr;
  Telling* second_ = nullptr;
  std::unique_ptr<Registers> registers_;
};

TEST_F(RegistersAsked, each_is_asked_once_until_its_answer_is_too_old) {
  EXPECT_EQ(askAbout(known()), 2);
  EXPECT_EQ(kept("first"), "found");
  EXPECT_EQ(askAbout(known()), 0) << "kept";
  clock_.advanceSeconds(11 * 3600);
  EXPECT_EQ(askAbout(known()), 0);
  clock_.advanceSeconds(2 * 3600);
  EXPECT_EQ(askAbout(known()), 2);
}

TEST_F(RegistersAsked, who_is_not_there_is_asked_about_sooner_again) {
  askAbout(known("0007:5599900031"));
  EXPECT_EQ(kept("second", "0007:5599900031"), "absent");
  clock_.advanceSeconds(3601);
  EXPECT_EQ(askAbout(known("0007:5599900031")), 2);
}

TEST_F(RegistersAsked, nobody_is_asked_about_who_has_no_identity) {
  EXPECT_EQ(askAbout({}), 0);
}

TEST_F(RegistersAsked, all_are_asked_at_once) {
  first_->waitsFor = second_->waitsFor = 2;
  askAbout(known());
  EXPECT_EQ(kept("first"), "found") << "each was asked while the other was";
  EXPECT_EQ(kept("second"), "found");
}

TEST_F(RegistersAsked, silence_is_no_answer) {
  first_->silent = true;
  askAbout(known());
  EXPECT_EQ(kept("first"), "unknown");
  EXPECT_EQ(kept("second"), "found");
  clock_.advanceSeconds(61);
  first_->silent = false;
  EXPECT_EQ(askAbout(known()), 1);
  EXPECT_EQ(kept("first"), "found");
}

TEST_F(RegistersAsked, one_that_stays_silent_is_left_alone_and_asked_again_later) {
  first_->silent = true;
  for (int i = 0; i < 3; ++i) askAbout(known("0007:559990010" + std::to_string(i)));
  EXPECT_EQ(askAbout(known("0007:5599900104")), 1) << "the other one alone";
  EXPECT_EQ(kept("first", "0007:5599900104"), "unknown");
  EXPECT_TRUE(open(known("0007:5599900104")).empty()) << "and until the pause is over nobody asks";
  clock_.advanceSeconds(31);
  first_->silent = false;
  EXPECT_EQ(askAbout(known()), 2);
  EXPECT_EQ(kept("first"), "found");
}

}  // namespace
}  // namespace postgang::flow
