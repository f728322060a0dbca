// How Smartmail looks in JSON.
#pragma once

#include <boost/json.hpp>
#include <string_view>
#include <vector>

#include "channels/smartmail_settings.h"
#include "flow/smartmail_actions.h"
#include "insight/smartmail_trial.h"
#include "store/smartmail.h"

namespace postgang::api {

boost::json::array recipientsShape(const store::Road& road);
boost::json::array attachmentsShape(const store::Road& road);  // without the document itself
boost::json::object choicesShape(const flow::SmartmailChoices& choices);
boost::json::object smartmailShape(const store::SmartmailRow& row, const flow::SmartmailChoices& choices);
boost::json::array letterSumsShape(const std::vector<store::LetterSum>& sums);
boost::json::value settingsShape(const channels::SmartmailSettings& settings);
boost::json::value settingsShape(const channels::SmartmailSet& set);  // what is set, and nothing else
boost::json::object smartmailTrialShape(const insight::SmartmailTrial& trial);

}  // namespace postgang::api
