// Runs a caller's body inside a transaction: an exception, which is a mistake of ours, must not leave the
// transaction open or end the writer.
#pragma once

#include <exception>

#include "base/log.h"
#include "base/problem.h"

namespace postgang::store::sql {

template <typename Body>
Outcome guarded(const Body& body) {
  try {
    return body();
  } catch (const std::exception& thrown) {
    log::error("an exception inside a transaction", {{"what", thrown.what()}});
    return postgang::fail(ProblemKind::internal, "store-body-failed", "Our own fault inside a transaction.",
                          {}, "Nothing of it was kept. Report it with the log of this moment.");
  }
}

}  // namespace postgang::store::sql
