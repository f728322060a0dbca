#include "flow/verify_evidence.h"

#include <algorithm>
#include <map>
#include <set>

#include <boost/json.hpp>

#include "base/id.h"
#include "base/time.h"
#include "flow/evidence.h"
#include "flow/words.h"
#include "formats/archive.h"
#include "store/sql/chain.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;

constexpr std::size_t package_bytes_max = 2'000'000'000;

std::string textAt(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found && found->is_string() ? std::string(std::string_view(found->get_string())) : std::string();
}

const json::array* listAt(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found ? found->if_array() : nullptr;
}

std::string digestOf(std::string_view bytes) {
  return hex(view(sha256(bytes)));
}

std::optional<Digest> digestFrom(std::string_view text) {
  Digest digest{};
  if (text.size() != digest.size() * 2) return std::nullopt;
  const auto nibble = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const int high = nibble(text[2 * i]), low = nibble(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return digest;
}

class Verification {
 public:
  explicit Verification(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  Result<EvidenceReport> run() {
    TRY(manifest_, parsed("manifest.json"));
    TRY(chain_, parsed("events.json"));
    report_.document = textAt(manifest_, "document");
    report_.number = textAt(manifest_, "number");
    report_.head = textAt(manifest_, "head");
    check("files", files());
    check("chain", chain());
    check("payloads", payloads());
    check("original", original());
    check("sent", sent());
    return std::move(report_);
  }

 private:
  struct Found {
    bool good;
    std::string detail;
  };
  void check(std::string what, Found found) {
    report_.checks.push_back({std::move(what), found.good, std::move(found.detail)});
  }

  Result<json::object> parsed(const std::string& name) const {
    const auto file = files_.find(name);
    boost::system::error_code error;
    json::value value;
    if (file != files_.end()) value = json::parse(file->second, error);
    const auto* object = value.if_object();
    if (file == files_.end() || error || !object || textAt(*object, "form") != evidence_form)
      return fail(problem(ProblemKind::invalid, "evidence-malformed", {{"file", name}}));
    return *object;
  }

  Found files() const {
    std::set<std::string> named = {"manifest.json"};
    const auto* list = listAt(manifest_, "files");
    if (!list) return {false, "manifest.json lists no files"};
    for (const auto& each : *list) {
      const auto* entry = each.if_object();
      if (!entry) return {false, "manifest.json is damaged"};
      const auto name = textAt(*entry, "name");
      named.insert(name);
      const auto file = files_.find(name);
      if (file == files_.end()) return {false, name + " is missing"};
      if (digestOf(file->second) != textAt(*entry, "sha256")) return {false, name + " was changed"};
    }
    for (const auto& [name, bytes] : files_)
      if (!named.contains(name)) return {false, name + " was added"};
    return {true, std::to_string(list->size()) + " files have the digests of the manifest"};
  }

  Found chain() const {
    const auto document = DocumentId::parse(textAt(chain_, "document"));
    const auto* events = listAt(chain_, "events");
    if (!document || !events || textAt(chain_, "document") != report_.document)
      return {false, "events.json is about another document than manifest.json"};
    Digest head{};
    std::int64_t sequence = 0;
    for (const auto& each : *events) {
      const auto* event = each.if_object();
      if (!event) return {false, "events.json is damaged"};
      const auto at = Instant::parse(textAt(*event, "at"));
      const auto payload = digestFrom(textAt(*event, "payloadDigest"));
      const auto hash = digestFrom(textAt(*event, "hash"));
      const auto* number = event->if_contains("sequence");
      const auto place = "event " + std::to_string(++sequence);
      if (!at || !payload || !hash || !number || !number->is_int64() || number->get_int64() != sequence)
        return {false, place + " is missing or damaged"};
      head = store::sql::chained(head, *document, sequence, *at, textAt(*event, "type"), *payload);
      if (head != *hash) return {false, place + " does not follow from the one before it"};
    }
    if (hex(view(head)) != report_.head) return {false, "the chain does not end in the manifest's head"};
    return {true, std::to_string(sequence) + " events, each hashed with the one before it"};
  }

  // Those that the package's maker may see.
  std::vector<std::pair<std::string, std::string>> shownPayloads() const {
    std::vector<std::pair<std::string, std::string>> shown;
    const auto* events = listAt(chain_, "events");
    for (const auto& each : events ? *events : json::array())
      if (const auto* event = each.if_object(); event && event->contains("payload"))
        if (event->at("payload").is_string())
          shown.emplace_back(textAt(*event, "payload"), textAt(*event, "payloadDigest"));
    return shown;
  }

  Found payloads() const {
    const auto shown = shownPayloads();
    for (const auto& [payload, digest] : shown)
      if (digestOf(payload) != digest) return {false, "what an event says does not have its digest"};
    const auto* events = listAt(chain_, "events");
    const auto hidden = (events ? events->size() : 0) - shown.size();
    return {true, std::to_string(shown.size()) + " events say what they say" +
                      (hidden > 0 ? "; " + std::to_string(hidden) + " are not shown to this party" : "")};
  }

  // Digests that an event speaks of, by the member's name.
  std::set<std::string> digestsNamed(std::string_view member) const {
    std::set<std::string> found;
    for (const auto& [payload, digest] : shownPayloads()) {
      boost::system::error_code error;
      const auto value = json::parse(payload, error);
      if (!error) collect(value, member, found);
    }
    return found;
  }
  static void collect(const json::value& value, std::string_view member, std::set<std::string>& found) {
    if (const auto* object = value.if_object()) {
      for (const auto& [key, inner] : *object) {
        if (key == member && inner.is_string()) found.emplace(std::string_view(inner.get_string()));
        collect(inner, member, found);
      }
    } else if (const auto* array = value.if_array()) {
      for (const auto& inner : *array) collect(inner, member, found);
    }
  }

  // Files that the manifest says prove this.
  std::vector<std::string> filesThatProve(std::string_view what) const {
    std::vector<std::string> names;
    const auto* list = listAt(manifest_, "files");
    for (const auto& each : list ? *list : json::array())
      if (const auto* entry = each.if_object(); entry && textAt(*entry, "proves") == what)
        names.push_back(textAt(*entry, "name"));
    return names;
  }

  Found original() const {
    const auto named = digestsNamed("digest");
    const auto names = filesThatProve("original");
    for (const auto& name : names)
      if (const auto file = files_.find(name); file != files_.end() && named.contains(digestOf(file->second)))
        return {true, name + " is the file that was received"};
    // A receiver does not see how the sender handed it in.
    if (named.empty() && names.size() == 1) return {true, "how it was handed in is not shown to this party"};
    return {false, "the original is not the file that was received"};
  }

  Found sent() const {
    const auto named = digestsNamed("sentDigest");
    const auto names = filesThatProve("sent");
    for (const auto& name : names) {
      const auto file = files_.find(name);
      if (file == files_.end() || !named.contains(digestOf(file->second)))
        return {false, name + " is nothing that an event says was sent"};
    }
    return {true, std::to_string(names.size()) + " files are what left, byte for byte"};
  }

  std::map<std::string, std::string> files_;
  json::object manifest_, chain_;
  EvidenceReport report_;
};

}  // namespace

bool EvidenceReport::good() const {
  return std::ranges::all_of(checks, &EvidenceCheck::good);
}

Result<EvidenceReport> verifyEvidence(std::string_view zip) {
  formats::ArchiveLimits limits;
  limits.bytes = limits.entryBytes = package_bytes_max;
  TRY(auto entries, formats::unpack(zip, limits));
  std::map<std::string, std::string> files;
  for (auto& entry : entries)
    if (!files.emplace(entry.name, std::move(entry.bytes)).second)
      return fail(problem(ProblemKind::invalid, "evidence-malformed", {{"file", entry.name}}));
  return Verification(std::move(files)).run();
}

}  // namespace postgang::flow
