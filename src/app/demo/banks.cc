#include "app/demo/banks.h"

#include <filesystem>
#include <utility>

#include "base/log.h"
#include "channels/bank_formats.h"

namespace postgang::app::demo {

namespace {

constexpr int refused_perMillion = 35'000, declined_perMillion = 15'000;

}  // namespace

Banks::Banks(net::FileDrop drop, std::shared_ptr<const formats::Description> format, std::uint64_t seed,
             int every_minutes)
    : drop_(std::make_shared<const net::FileDrop>(std::move(drop))),
      format_(std::move(format)),
      every_minutes_(every_minutes),
      hub_(*drop_, *format_,
           channels::HubHabits{.seed = seed,
                               .refusedPerMillion = refused_perMillion,
                               .declinedPerMillion = declined_perMillion}) {}

Result<std::shared_ptr<Banks>> Banks::open(std::uint64_t seed, const std::string& dataFolder,
                                           int every_minutes) {
  const auto folder = (std::filesystem::absolute(dataFolder).lexically_normal() / "bank-hub").string();
  auto drop = net::FileDrop::at({.url = "file://" + folder, .keyFile = {}, .hostKeys = {}});
  if (!drop) {
    log::warning("the demo world has no bank hub here",
                 {{"folder", folder}, {"detail", drop.error().detail}});
    return std::shared_ptr<Banks>();
  }
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  TRY(auto format, channels::builtInBankFormat("bank-xml"));
  std::shared_ptr<Banks> banks(new Banks(std::move(*drop),
                                         std::make_shared<const formats::Description>(std::move(format)),
                                         seed, every_minutes));
  CHECK_OK(banks->hub_.open());
  return banks;
}

void Banks::standIn(const std::shared_ptr<Banks>& banks, channels::Banking& banking) {
  if (!banks || banking.isOn()) return;
  banking.drop = banks->drop_;
  banking.format = banks->format_;
  banking.everyMinutes = banks->every_minutes_;
}

bool Banks::hasWork() const {
  const auto waiting = drop_->list("in");
  return waiting && !waiting->empty();
}

Outcome Banks::round(Instant now) {
  TRY(const auto round, hub_.round(now));
  for (const auto& refused : round.refused) log::warning("the bank hub refused", {{"file", refused}});
  return {};
}

Outcome Banks::apply(const channels::BankApplication& application) {
  return hub_.apply(application.reference, {application}, application.at);
}

}  // namespace postgang::app::demo
