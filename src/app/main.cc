#include "app/command.h"

int main(int count, char** arguments) {
  return postgang::app::runCommandLine({arguments + 1, arguments + count});
}
