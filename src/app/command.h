// The command line: what a command is, and the list of them. A command of one file each; main.cc only
// dispatches.
//
// A command answers its exit code or a Problem: 0 good, 1 findings or refused, 2 wrong use.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/settings.h"

namespace postgang::app {

inline constexpr std::string_view version = "0.1.0";

struct Command {
  std::string_view name;   // the words that call it: "serve", "admin company create"
  std::string_view usage;  // what stands after them: "[--json] FILE…"
  std::string_view help;   // one line
  std::vector<Setting> (*settings)();
  Result<int> (*run)(const Settings& settings);
};

// In the order of the help.
std::span<const Command> commands();
// `arguments` without the program's name. Prints problems and help; gives the exit code.
int runCommandLine(const std::vector<std::string>& arguments);

// The caller did not say what is needed. Ends with exit code 2.
tl::unexpected<Problem> wrongUse(std::string detail, std::string where = {});
// What is given of a setting that the command cannot do without. Code wrong-use.
Result<std::string> needed(const Settings& settings, std::string_view name);
Outcome noPositionals(const Settings& settings);

inline Setting jsonSetting() {
  return {"json", "false", "prints JSON, for programs", ""};
}

extern const Command serve_command, demo_command, render_command, send_command, status_command,
    company_create_command, company_list_command, user_create_command, user_password_command,
    key_create_command, identity_provider_off_command, verify_command, rebuild_command,
    secrets_rotate_command, peppol_report_command, print_house_command, access_point_command,
    bank_hub_command, verify_evidence_command, version_command;

}  // namespace postgang::app
