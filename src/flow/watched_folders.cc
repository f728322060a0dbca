#include "flow/watched_folders.h"

#include <algorithm>

#include "base/log.h"
#include "channels/handover_carry.h"
#include "channels/system.h"
#include "flow/intake.h"
#include "flow/slow_work.h"
#include "flow/words.h"
#include "store/companies.h"
#include "store/sql/session.h"
#include "store/watched_folders.h"

namespace postgang::flow {

using store::WatchedFile;

namespace {

constexpr std::string_view done_folder = "done", failed_folder = "failed";
constexpr std::int64_t look_seconds = 60, again_seconds = 15, day_seconds = 86'400;
constexpr std::int64_t remembered_days = 400, look_microseconds_max = 90'000'000;
constexpr std::size_t files_at_once = 200, bytes_at_once = 256 * 1024 * 1024;

// Swedish first, then the same in English: nobody knows who reads it.
std::string wordsOf(const Problem& why) {
  std::string words;
  for (const auto language : {Language::swedish, Language::english}) {
    const auto& texts = Texts::of(language);
    const auto key = "problem." + why.code;
    words +=
        (words.empty() ? "" : "\n") + (texts.has(key) ? texts.sentence(key, why.parameters) : why.detail);
    if (texts.has(key + "-advice")) words += " " + texts.sentence(key + "-advice", why.parameters);
    words += "\n";
  }
  return words + "\n" + why.code + "\n";
}

class Look {
 public:
  Look(const Tools& tools, const channels::System& system, const store::Job& job)
      : tools_(tools), system_(system), job_(job), company_(job.company) {}

  Outcome run() {
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto folder, store::watchedFolder(reader, company_));
      if (folder && !folder->settings.empty()) place_ = channels::watchedPlaceOf(folder->settings);
      TRY(const auto company, store::company(reader, company_));
      identifier_ = company.identifier;
      return {};
    }));
    if (!place_) return write([&](store::Transaction& tx) { return store::complete(tx, job_); });
    const auto looked = look();
    const auto trouble = looked ? std::string() : looked.error().code;
    if (!looked)
      log::warning("a watched folder could not be looked into",
                   {{"company", identifier_}, {"code", trouble}, {"detail", looked.error().detail}});
    const auto now = tools_.clock.now();
    return write([&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::noteLook(tx, company_, now, trouble));
      CHECK_OK(store::forgetWatchedFiles(tx, company_, now.plusSeconds(-remembered_days * day_seconds)));
      return store::postpone(tx, job_, now.plusSeconds(unfinished_ ? again_seconds : look_seconds), trouble);
    });
  }

 private:
  template <typename Body>
  Outcome write(Body&& body) const {
    return tools_.store.write(store::Priority::intake, body);
  }

  Outcome look() {
    TRY(auto drop,
        channels::openHandoverDrop(system_.rules(), identifier_, place_->address, place_->hostKey));
    drop_ = &drop;
    TRY(auto names, drop.list(""));
    std::erase_if(names, [](const auto& name) { return name == done_folder || name == failed_folder; });
    unfinished_ = names.size() > files_at_once;
    if (unfinished_) names.resize(files_at_once);
    std::size_t bytes = 0;
    const auto started = monotonicMicroseconds();
    for (const auto& name : names) {
      if (bytes > bytes_at_once || monotonicMicroseconds() - started > look_microseconds_max) {
        unfinished_ = true;
        break;
      }
      auto outcome = file(name, bytes);
      if (!outcome && isOfOneFile(outcome.error().code)) continue;
      CHECK_OK(outcome);
    }
    return {};
  }

  // One that went away while we looked, is a folder of theirs, or cannot be moved: the others need not wait.
  static bool isOfOneFile(std::string_view code) {
    return code == "drop-not-found" || code == "drop-refused" || code == "drop-name-taken";
  }

  Outcome file(const std::string& name, std::size_t& bytes) {
    const auto content = drop_->get("", name, limits_.documentBytes_max);
    if (!content && content.error().code == "drop-file-too-large") return setAside(name, tooLarge());
    if (!content) return fail(content.error());
    bytes += content->size();
    WatchedFile file;
    file.name = name;
    file.digest = sha256(*content);
    file.size = static_cast<std::int64_t>(content->size());
    file.seenAt = tools_.clock.now();
    TRY(const auto known, knownAs(file));
    if (!known) return see(std::move(file));
    if (known->state == "seen") return takeIn(std::move(file), *content);
    if (known->state == "refused") return setAside(name, problemOf(known->words));
    return moveTo(done_folder, name, *content);
  }

  Result<std::optional<WatchedFile>> knownAs(const WatchedFile& file) const {
    std::optional<WatchedFile> known;
    CHECK_OK(tools_.store.read([&](store::Reader& reader) -> Outcome {
      TRY(known, store::watchedFile(reader, company_, file.name, file.digest));
      return {};
    }));
    return known;
  }

  Outcome see(WatchedFile file) {
    unfinished_ = true;
    file.state = "seen";
    return write([&](store::Transaction& tx) { return store::putWatchedFile(tx, company_, file); });
  }

  Problem tooLarge() const {
    return problem(ProblemKind::too_large, "document-too-large",
                   {{"limit", std::to_string(limits_.documentBytes_max / 1024 / 1024)}});
  }
  static Problem problemOf(const std::string& code) { return problem(ProblemKind::invalid, code); }

  // The file, what became of it and its documents are one commit.
  Outcome takeIn(WatchedFile file, const std::string& content) {
    Upload upload;
    upload.sender = company_;
    upload.actor = {store::ActorKind::channel, "folder", "folder"};
    upload.door = place_->address.starts_with("sftp://") ? "sftp" : "folder";
    upload.fileName = file.name;
    upload.mediaType = channels::handoverMediaType(content);
    upload.bytes = content;
    const auto prepared = prepare(tools_, limits_, upload);
    std::optional<Problem> refused;
    if (!prepared) refused = prepared.error();
    CHECK_OK(write([&](store::Transaction& tx) -> Outcome {
      if (prepared) {
        TRY(const auto kept, keep(tx, *prepared, file.seenAt));
        refused = kept.refused ? kept.refused : whatFailed(kept.accepted);
        if (!kept.refused && !kept.accepted.archive) file.document = kept.accepted.documents.front().id;
      }
      file.state = refused ? "refused" : "taken";
      file.words = refused ? refused->code : std::string();
      return store::putWatchedFile(tx, company_, file);
    }));
    return refused ? setAside(file.name, *refused) : moveTo(done_folder, file.name, content);
  }

  // Of an archive of which only some could be taken the first reason is told; the others are documents by
  // now.
  static std::optional<Problem> whatFailed(const Accepted& accepted) {
    for (const auto& document : accepted.documents)
      if (document.problem) return document.problem;
    return std::nullopt;
  }

  Outcome setAside(const std::string& name, const Problem& why) {
    CHECK_OK(drop_->makeFolder(failed_folder));
    const auto told = drop_->put(failed_folder, name + ".txt", wordsOf(why));
    if (!told && told.error().code != "drop-name-taken" && told.error().code != "drop-name-invalid")
      return told;
    const auto content = drop_->get("", name, limits_.documentBytes_max);
    return moveTo(failed_folder, name, content ? *content : std::string());
  }

  // One of that name may lie there since an earlier day: then this one gets a name that tells them apart.
  Outcome moveTo(std::string_view folder, const std::string& name, const std::string& content) {
    CHECK_OK(drop_->makeFolder(folder));
    auto moved = drop_->move("", name, folder);
    if (moved || moved.error().code != "drop-name-taken" || content.empty()) return moved;
    const auto other = hex(view(sha256(content))).substr(0, 12) + "_" + name;
    if (auto put = drop_->put(folder, other, content); !put && put.error().code != "drop-name-taken")
      return put;
    return drop_->remove("", name);
  }

  const Tools& tools_;
  const channels::System& system_;
  const store::Job& job_;
  const CompanyId company_;
  const Limits limits_;
  std::string identifier_;
  std::optional<channels::WatchedPlace> place_;
  const net::FileDrop* drop_ = nullptr;
  bool unfinished_ = false;
};

}  // namespace

store::NewJob watchedFolderJob(CompanyId company, Instant runAt) {
  store::NewJob job;
  job.kind = "watched-folder";
  job.key = "watched-folder:" + std::to_string(company.value);
  job.company = company;
  job.runAt = runAt;
  job.payload = "{}";
  return job;
}

Result<Decision> lookIntoFolder(const Tools& tools, store::Reader& /*reads later*/, const store::Job& job) {
  const auto* system = dynamic_cast<const channels::System*>(tools.channels.find("system"));
  if (!system) return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  return slowWork(tools, job, [&tools, system, job] { return Look(tools, *system, job).run(); });
}

}  // namespace postgang::flow
