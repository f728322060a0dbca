// The commands, each declared here, defined in a file of its own and listed in commands.cc.
#pragma once

#include "app/command.h"

namespace postgang::app {

Command serveCommand();          // serve.cc
Command demoCommand();           // demo_command.cc
Command renderCommand();         // render_command.cc
Command sendCommand();           // send.cc
Command statusCommand();         // send.cc
Command companyCreateCommand();  // admin_company.cc
Command companyListCommand();    // admin_company.cc
Command userCreateCommand();     // admin_user.cc
Command keyCreateCommand();      // admin_key.cc
Command verifyCommand();         // admin_upkeep.cc
Command rebuildCommand();        // admin_upkeep.cc

}  // namespace postgang::app
