// What the benches that run on a store share: arguments, a folder that goes with the bench, companies. What
// fails ends the bench with its words: a figure of a run in which something failed is worth nothing.
#pragma once

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <string_view>

#include "store/companies.h"
#include "store/sql/session.h"
#include "store/store.h"

namespace postgang::bench {

// The index-th word of the command line as a number; `otherwise` where it is not there.
inline int argument(int count, char** values, int index, int otherwise) {
  int number = otherwise;
  if (index < count) {
    const std::string_view text = values[index];
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

inline void demand(bool holds, const std::string& what) {
  if (holds) return;
  std::cerr << what << "\n";
  std::exit(1);
}

inline void must(const Outcome& outcome) {
  if (!outcome) demand(false, outcome.error().code + ": " + outcome.error().detail);
}
template <class Value>
Value must(Result<Value> result) {
  if (!result) demand(false, result.error().code + ": " + result.error().detail);
  return std::move(*result);
}

// A new one in $POSTGANG_BENCH_DATA, or where temporary files lie; removed with its owner.
class Folder {
 public:
  explicit Folder(const std::string& name) {
    const char* parent = std::getenv("POSTGANG_BENCH_DATA");
    path_ = (std::filesystem::path(parent ? parent : std::filesystem::temp_directory_path().c_str()) /
             ("postgang-" + name + "-XXXXXX"))
                .string();
    demand(mkdtemp(path_.data()) != nullptr, "no folder could be made: " + path_);
  }
  ~Folder() {
    std::error_code failed;
    std::filesystem::remove_all(path_, failed);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::unique_ptr<store::Store> openStore(const Folder& folder, const Clock& clock,
                                               bool filling = false) {
  store::StoreOptions options;
  options.dataFolder = folder.path();
  options.filling = filling;
  return must(store::Store::open(options, clock));
}

inline CompanyId company(store::Store& store, const std::string& name, const std::string& identifier) {
  store::Company made;
  made.name = name;
  made.identifier = identifier;
  made.identifiers = {identifier};
  made.createdAt = store.clock().now();
  must(store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(made.id, store::createCompany(tx, made));
    return {};
  }));
  return made.id;
}

inline std::int64_t perSecond(std::int64_t count, std::int64_t microseconds) {
  return count * 1'000'000 / std::max<std::int64_t>(1, microseconds);
}

}  // namespace postgang::bench
