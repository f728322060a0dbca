// Imports of registers: one thread fills them, one file after another, while the rows that were there answer.
// What came of an import can be asked for an hour.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "flow/register_file.h"
#include "store/store.h"

namespace postgang::flow {

struct ImportProgress {
  std::string id;
  enum class State { running, done, failed } state = State::running;
  std::int64_t done = 0, total = 0;  // rows; total is 0 until they are counted
  std::vector<RowError> errors;      // of one that failed: the reason is the first
};

class RegisterImports {
 public:
  static constexpr std::size_t waiting_max = 8;  // files, of all companies
  static constexpr std::int64_t kept_seconds = 3600;

  RegisterImports(store::Store& store, const Clock& clock, IdMaker& ids);
  ~RegisterImports();  // stop()
  RegisterImports(const RegisterImports&) = delete;
  RegisterImports& operator=(const RegisterImports&) = delete;

  struct Order {
    store::Viewer viewer;
    CompanyId company;
    store::RegisterId id;
    store::RegisterKind kind{};
    formats::Spreadsheet sheet;
    RegisterColumns columns;
    bool replaces = true;
  };
  // Codes: import-under-way (conflict: this register is being filled), imports-busy (rate_limited).
  Result<ImportProgress> start(Order order);
  // nullopt: none such, or another company's.
  std::optional<ImportProgress> find(CompanyId company, std::string_view id) const;
  // The rows of a register that was removed, in the background.
  void clear(store::RegisterId id);
  void stop();  // what is under way is given up; its rows never answered

 private:
  struct Import;
  void run();
  void begin();  // the thread, under the lock
  void fill(Import& import);
  Result<std::int64_t> addAll(Import& import, const store::RegisterFilling& filling);
  void sweep(store::RegisterId id);
  void forgetOld(Instant now);

  store::Store& store_;
  const Clock& clock_;
  IdMaker& ids_;
  mutable std::mutex mutex_;
  std::condition_variable came_;
  std::map<std::string, std::shared_ptr<Import>, std::less<>> imports_;
  std::deque<std::shared_ptr<Import>> waiting_;
  std::deque<store::RegisterId> removed_;  // whose rows are still there
  bool stopping_ = false;
  std::thread thread_;  // begun by the first import
};

}  // namespace postgang::flow
