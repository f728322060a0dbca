// The Problem of a result, or an empty one (whose code no test expects) where it succeeded.
#pragma once

#include "base/problem.h"

namespace postgang::net {

template <typename T>
Problem problemOf(const Result<T>& result) {
  return result ? Problem{} : result.error();
}

}  // namespace postgang::net
