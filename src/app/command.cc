#include "app/command.h"

#include <algorithm>
#include <array>
#include <iostream>

namespace postgang::app {

namespace {

constexpr int good = 0, refused = 1, wrong_use = 2;

std::vector<Setting> none() {
  return {jsonSetting()};
}

Result<int> printVersion(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  if (settings.yes("json"))
    std::cout << "{\"version\":\"" << version << "\"}\n";
  else
    std::cout << "postgang " << version << "\n";
  return good;
}

const std::array all_commands = {&serve_command,
                                 &demo_command,
                                 &send_command,
                                 &status_command,
                                 &render_command,
                                 &company_create_command,
                                 &company_list_command,
                                 &user_create_command,
                                 &user_password_command,
                                 &key_create_command,
                                 &identity_provider_off_command,
                                 &verify_command,
                                 &rebuild_command,
                                 &secrets_rotate_command,
                                 &peppol_report_command,
                                 &print_house_command,
                                 &access_point_command,
                                 &bank_hub_command,
                                 &verify_evidence_command,
                                 &version_command};

std::vector<std::string> wordsOf(std::string_view name) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find(' ', at), name.size());
    words.emplace_back(name.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

// The commands whose name begins with these words; all of them for none.
void printCommands(std::ostream& out, const std::vector<std::string>& words) {
  std::size_t width = 0;
  for (const auto& command : commands()) width = std::max(width, command.name.size());
  for (const auto& command : commands()) {
    const auto name = wordsOf(command.name);
    if (words.size() > name.size() || !std::equal(words.begin(), words.end(), name.begin())) continue;
    out << "  " << command.name << std::string(width + 2 - command.name.size(), ' ') << command.help << "\n";
  }
}

void printUsage(std::ostream& out, const std::vector<std::string>& words = {}) {
  out << "postgang COMMAND …\n\n";
  printCommands(out, words);
  out << "\n`postgang COMMAND --help` tells what a command takes. Exit codes: 0 good, 1 findings or refused, "
         "2 wrong use.\n";
}

void printHelp(const Command& command) {
  std::cout << "postgang " << command.name << (command.usage.empty() ? "" : " ") << command.usage << "\n"
            << command.help << "\n\n"
            << Settings(command.settings()).help();
}

void print(const Problem& problem) {
  std::cerr << "postgang: " << problem.detail;
  if (!problem.where.empty() && problem.detail.find(problem.where) == std::string::npos)
    std::cerr << " (" << problem.where << ")";
  std::cerr << "\n";
  if (!problem.advice.empty()) std::cerr << "  " << problem.advice << "\n";
}

// What was typed is wrong, not what it was typed about.
bool isWrongUse(const Problem& problem) {
  return problem.code == "wrong-use" || problem.code.starts_with("setting-") ||
         problem.where.starts_with("-");
}

// The longest name that the arguments begin with.
const Command* commandIn(const std::vector<std::string>& arguments, std::size_t& words) {
  const Command* found = nullptr;
  for (const auto& command : commands()) {
    const auto name = wordsOf(command.name);
    if (name.size() <= arguments.size() && name.size() > words &&
        std::equal(name.begin(), name.end(), arguments.begin())) {
      found = &command;
      words = name.size();
    }
  }
  return found;
}

bool asksForHelp(const std::string& argument) {
  return argument == "--help" || argument == "-h";
}

int run(const Command& command, const std::vector<std::string>& arguments) {
  if (std::any_of(arguments.begin(), arguments.end(), asksForHelp)) {
    printHelp(command);
    return good;
  }
  Settings settings(command.settings());
  const auto outcome = [&]() -> Result<int> {
    CHECK_OK(settings.read(arguments));
    return command.run(settings);
  }();
  if (outcome) return *outcome;
  print(outcome.error());
  return isWrongUse(outcome.error()) ? wrong_use : refused;
}

}  // namespace

const Command version_command{"version", "[--json]", "prints the version", none, printVersion};

std::span<const Command> commands() {
  static const std::vector<Command> list = [] {
    std::vector<Command> made;
    for (const auto* command : all_commands) made.push_back(*command);
    return made;
  }();
  return list;
}

int runCommandLine(const std::vector<std::string>& arguments) {
  std::size_t words = 0;
  if (const auto* command = commandIn(arguments, words))
    return run(*command, {arguments.begin() + static_cast<std::ptrdiff_t>(words), arguments.end()});
  if (!arguments.empty() && arguments.front() == "--version") return run(version_command, {});
  const auto help = std::find_if(arguments.begin(), arguments.end(), asksForHelp);
  if (help != arguments.end()) {
    printUsage(std::cout, {arguments.begin(), help});
    return good;
  }
  if (arguments.size() == 1 && arguments.front() == "help") {
    printUsage(std::cout);
    return good;
  }
  if (!arguments.empty()) std::cerr << "postgang: there is no command \"" << arguments.front() << "\".\n\n";
  printUsage(std::cerr);
  return wrong_use;
}

tl::unexpected<Problem> wrongUse(std::string detail, std::string where) {
  return fail(ProblemKind::invalid, "wrong-use", std::move(detail), std::move(where), "See --help.");
}

Result<std::string> needed(const Settings& settings, std::string_view name) {
  if (settings.text(name).empty()) return wrongUse("--" + std::string(name) + " is needed.");
  return settings.text(name);
}

Outcome noPositionals(const Settings& settings) {
  if (settings.positional().empty()) return {};
  return wrongUse("\"" + settings.positional().front() + "\" is one word too many.");
}

}  // namespace postgang::app
