#include "flow/steps.h"

#include <cassert>
#include <utility>

#include "flow/advance.h"
#include "flow/deliver.h"
#include "flow/mail_answer.h"
#include "flow/morning_list.h"
#include "flow/notify.h"
#include "flow/remember.h"
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
  for (const auto& [name, step] : steps)
    if (name == kind) return step;
  assert(false && "a job of a kind that no step does");
  return nullptr;
}

const std::vector<std::string>& kindsOfSteps() {
  static const std::vector<std::string> kinds = [] {
    std::vector<std::string> names;
    for (const auto& step : steps) names.emplace_back(step.first);
    return names;
  }();
  return kinds;
}

}  // namespace postgang::flow
