#include "app/demo/note.h"

#include <boost/json.hpp>

#include "app/files.h"

namespace postgang::app::demo {

namespace {

std::string pathIn(const std::string& dataFolder) {
  return dataFolder + "/demo.json";
}

}  // namespace

Outcome writeNote(const std::string& dataFolder, std::uint64_t seed) {
  return writeFile(pathIn(dataFolder), boost::json::serialize(boost::json::object{{"seed", seed}}) + "\n");
}

Result<std::uint64_t> seedIn(const std::string& dataFolder) {
  const auto bytes = readFile(pathIn(dataFolder));
  boost::system::error_code error;
  const auto note = bytes ? boost::json::parse(*bytes, error) : boost::json::value();
  const auto* object = note.if_object();
  const auto* seed = object ? object->if_contains("seed") : nullptr;
  if (seed && seed->is_int64() && seed->as_int64() >= 0) return static_cast<std::uint64_t>(seed->as_int64());
  if (seed && seed->is_uint64()) return seed->as_uint64();
  return fail(ProblemKind::invalid, "not-a-demo-world", "The data folder holds no demo world.", dataFolder,
              "Fill an empty folder with `postgang demo`.");
}

}  // namespace postgang::app::demo
