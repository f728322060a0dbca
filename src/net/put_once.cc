#include "net/put_once.h"

namespace postgang::net {

namespace {

Outcome isThisOne(const FileDrop& drop, std::string_view folder, std::string_view name,
                  std::string_view bytes) {
  const auto there = drop.get(folder, name, bytes.size());
  if (!there && there.error().code == "drop-not-found") return {};  // taken meanwhile
  if (there && *there == bytes) return {};
  if (!there && there.error().code != "drop-file-too-large") return fail(there.error());
  const std::string shown(name);
  return fail(ProblemKind::conflict, "drop-name-taken",
              "Another file lies at the other side under the name " + shown + ".", shown,
              "Look what it is, and move it away.");
}

}  // namespace

Outcome putOnce(const FileDrop& drop, std::string_view folder, std::string_view name,
                std::string_view bytes) {
  const auto outcome = drop.put(folder, name, bytes);
  if (outcome) return outcome;
  if (outcome.error().code == "drop-name-taken") return isThisOne(drop, folder, name, bytes);
  if (outcome.error().code != "drop-uncertain") return outcome;
  TRY(const bool there, drop.exists(folder, name));
  return there ? Outcome() : outcome;
}

}  // namespace postgang::net
