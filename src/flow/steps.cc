#include "flow/steps.h"

#include <cassert>
#include <utility>

#include "flow/advance.h"
#include "flow/deliver.h"
#include "flow/mail_answer.h"
#include "flow/morning_list.h"
#include "flow/notify.h"
#include "flow/print_batches.h"
#include "flow/print_receipts.h"
#include "flow/remember.h"
#include "flow/remind.h"
#include "flow/smartmail.h"

namespace postgang::flow {

namespace {

constexpr std::pair<std::string_view, Step> steps[] = {
    {"advance", advance},               // recognise, parse, filter, route
    {"deliver", deliver},               // send by the next channel of the plan
    {"mail-answer", sendAnswer},        // tell a supplier why its mail was not taken in
    {"morning-list", sendMorningList},  // what failed, is stopped or unanswered, once a morning
    {"notice", notify},                 // tell a sender what was stopped
    {"remember", applyRemembered},      // put right what its sender wants put right by itself
    {"smartmail-due", smartmailDue},    // it was not opened in time
};

}  // namespace

Step stepOf(std::string_view kind) {
  for (const auto& row : steps)
    if (row.kind == kind) return row.step;
  assert(false && "a job of a kind that no step does");
  return nullptr;
}

const std::vector<std::string>& kindsOfSteps() {
  static const auto kinds = kindsThat([](const Row&) { return true; });
  return kinds;
}

const std::vector<std::string>& quickKinds() {
  static const auto kinds = kindsThat([](const Row& row) { return !row.slow; });
  return kinds;
}

const std::vector<std::string>& sendingKinds() {
  static const auto kinds = kindsThat([](const Row& row) { return row.sends; });
  return kinds;
}

const std::vector<std::string>& slowKinds() {
  static const auto kinds = kindsThat([](const Row& row) { return row.slow; });
  return kinds;
}

}  // namespace postgang::flow
