// `postgang admin secrets rotate`: a new key for the secrets at rest (base/vault.h), while the server runs or
// not.
//
// The server sees the new key at the next secret that it seals or opens, and every secret is sealed with it
// anew. The old keys stay, for what a request in flight may just have sealed with one, until --drop-old: that
// seals the rest anew and takes them out of the file. Broken off, it is called again.
#include <iostream>

#include "app/command.h"
#include "app/house.h"
#include "store/sealed_columns.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  auto all = dataSettings();
  all.push_back(
      {"drop-old", "false", "makes no new key; takes the old ones away once nothing needs them", ""});
  all.push_back(jsonSetting());
  return all;
}

void print(const Settings& settings, const store::SealingReport& report, std::size_t keys) {
  if (settings.yes("json"))
    std::cout << "{\"sealed\":" << report.sealed << ",\"sealedAnew\":" << report.sealedAnew
              << ",\"keys\":" << keys << "}\n";
  else
    std::cout << report.sealed + report.sealedAnew << " secrets were sealed anew; the file has " << keys
              << (keys == 1 ? " key\n" : " keys\n");
}

Result<int> rotate(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto house, House::open(settings));
  const auto file = House::vaultFile(house->options());
  const bool dropOld = settings.yes("drop-old");
  if (!dropOld) CHECK_OK(Vault::addKey(file));
  TRY(const auto report, store::sealAnew(house->store(), house->vault()));
  if (dropOld) CHECK_OK(Vault::dropOldKeys(file));
  print(settings, report, house->vault().keys());
  return 0;
}

}  // namespace

const Command secrets_rotate_command{"admin secrets rotate", "--data DIR [--drop-old] [--json]",
                                     "seals the secrets at rest with a new key", settings, rotate};

}  // namespace postgang::app
