#include "flow/made_files.h"

#include <chrono>
#include <filesystem>
#include <vector>

namespace postgang::flow {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::minutes looks_each{1};
constexpr std::size_t id_length = 36;

tl::unexpected<Problem> notKept(std::string_view what, const std::error_code& fault) {
  return fail(ProblemKind::unavailable, "zip-not-written", std::string(what) + ": " + fault.message(), {},
              "Make room on the disk, and try again.");
}

}  // namespace

void MadeFiles::start(std::function<bool()> next) {
  next_ = std::move(next);
  thread_ = std::thread([this] { run(); });
}

void MadeFiles::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  came_.notify_all();
}

bool MadeFiles::isStopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void MadeFiles::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  came_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void MadeFiles::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    came_.wait_for(lock, looks_each, [&] { return stopping_ || woken_; });
    woken_ = false;
    for (bool more = true; more && !stopping_;) {
      lock.unlock();
      more = next_();
      lock.lock();
    }
  }
}

std::string MadeFiles::named(const Uuid& id) const {
  return (fs::path(folder_) / (id.text() + ".zip")).string();
}

bool MadeFiles::has(const Uuid& id) const {
  std::error_code fault;
  return isOn() && fs::is_regular_file(named(id), fault);
}

Outcome MadeFiles::hasRoom() const {
  std::error_code fault;
  const auto space = fs::space(folder_, fault);
  if (fault || space.available >= static_cast<std::uintmax_t>(reserve_)) return {};
  return notKept("There is no room for it", std::make_error_code(std::errc::no_space_on_device));
}

Result<std::int64_t> MadeFiles::make(const Uuid& id,
                                     const std::function<Outcome(const std::string& part)>& write) const {
  const auto file = named(id), part = file + ".part";
  std::error_code fault;
  fs::create_directories(folder_, fault);
  fs::permissions(folder_, fs::perms::owner_all, fault);
  auto written = hasRoom();
  if (written) written = write(part);
  std::int64_t size = 0;
  if (written) {
    size = static_cast<std::int64_t>(fs::file_size(part, fault));
    if (!fault) fs::rename(part, file, fault);
    if (fault) written = notKept("The file cannot be kept", fault);
  }
  if (written) return size;
  std::error_code gone;  // where it never began there is nothing to remove
  fs::remove(part, gone);
  return fail(written.error());
}

Outcome MadeFiles::remove(const Uuid& id) const {
  std::error_code fault;
  fs::remove(named(id), fault);
  if (fault) return notKept("An old file cannot be removed", fault);
  return {};
}

Outcome MadeFiles::removeOthers(const std::function<Result<bool>(const Uuid& id)>& isKept) const {
  std::error_code fault;
  std::vector<fs::path> gone;
  for (fs::directory_iterator entry(folder_, fault), end; !fault && entry != end; entry.increment(fault)) {
    const auto id = Uuid::parse(entry->path().filename().string().substr(0, id_length));
    if (!id) continue;
    TRY(const auto kept, isKept(*id));
    if (!kept) gone.push_back(entry->path());
  }
  for (const auto& path : gone) {
    fs::remove(path, fault);
    if (fault) return notKept("A file that is nobody's cannot be removed", fault);
  }
  return {};
}

}  // namespace postgang::flow
