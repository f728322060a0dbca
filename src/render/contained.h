// Work on bytes from outside, done in a child process: for libraries that unpack as much as a file claims and
// cannot be stopped from within (a PDF of 20 kB may hold 20 GB). The child is ended when it is over its time
// or has grown over its memory; a crash is an answer like any other.
//
// The child is a fork of this process that calls nothing but `work`: it must not log, take locks that other
// threads hold, or touch files and connections that are open.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace postgang::render {

struct Bounds {
  std::chrono::milliseconds time{10'000};
  std::size_t memory = 512UL * 1024 * 1024;  // beyond what this process has
  std::size_t answer = 256UL * 1024 * 1024;
};

enum class Ending { done, over_time, over_memory, died };

struct Contained {
  Ending ending = Ending::died;
  std::string answer;  // of `work`, when done
};

// What `work` throws counts as having died.
Contained contained(const std::function<std::string()>& work, const Bounds& bounds = {});

}  // namespace postgang::render
