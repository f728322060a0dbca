#include "app/commands.h"

namespace postgang::app {

std::vector<Command> commands() {
  return {
      serveCommand(),     demoCommand(),          renderCommand(),      sendCommand(),
      statusCommand(),    companyCreateCommand(), companyListCommand(), userCreateCommand(),
      keyCreateCommand(), verifyCommand(),        rebuildCommand(),
  };
}

}  // namespace postgang::app
