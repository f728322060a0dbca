#include "flow/evidence.h"

#include <map>
#include <set>

#include <boost/json.hpp>

#include "flow/evidence_page.h"
#include "formats/zip_file.h"
#include "store/blobs.h"
#include "store/document_chain.h"
#include "store/documents.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;

std::string_view endingOf(std::string_view bytes) {
  if (bytes.starts_with("%PDF")) return "pdf";
  if (bytes.starts_with("<") || bytes.starts_with("\xEF\xBB\xBF<")) return "xml";
  return bytes.find("\r\n\r\n") != std::string_view::npos ? "eml" : "bin";
}

class Package {
 public:
  Package(store::Reader& reader, const store::Viewer& viewer, DocumentId document, Language language,
          Instant now)
      : reader_(reader), viewer_(viewer), document_(document), language_(language), now_(now) {}

  Result<std::string> make() {
    TRY(row_, store::findDocument(reader_, viewer_, document_));
    TRY(events_, store::eventsOf(reader_, viewer_, document_));
    TRY(links_, store::chainLinks(reader_, viewer_, document_));
    CHECK_OK(addOriginal());
    for (const auto& event : events_) CHECK_OK(addOf(event));
    add("events.json", chainJson(), "chain");
    const auto page = evidencePage({.row = row_,
                                    .events = events_,
                                    .files = files_,
                                    .head = head(),
                                    .language = language_,
                                    .madeAt = now_});
    add("index.html", page, "page");
    zip_.add("manifest.json", manifestJson());
    return std::move(zip_).finish();
  }

 private:
  void add(const std::string& name, std::string_view bytes, std::string_view proves, std::string about = {}) {
    zip_.add(name, bytes);
    files_.push_back({name, hex(view(sha256(bytes))), static_cast<std::int64_t>(bytes.size()),
                      std::string(proves), std::move(about)});
  }

  Outcome addOriginal() {
    TRY(const auto bytes, store::blob(reader_, row_.digest));
    add("original-" +
            formats::plainFileName(row_.fileName, std::string("document.") + std::string(endingOf(bytes))),
        bytes, "original");
    return {};
  }

  Outcome addSent(const store::DeliveryFact& fact, const Digest& digest, const std::string& address) {
    if (digest == row_.digest || !sent_.insert(digest).second) return {};
    TRY(const auto bytes, store::blob(reader_, digest));
    const auto number = std::to_string(sent_.size());
    add("sent-" + number + "-" + formats::plainFileName(fact.channel, "channel") + "." +
            std::string(endingOf(bytes)),
        bytes, "sent", address);
    return {};
  }

  Outcome addOf(const store::Event& event) {
    const auto* fact = std::get_if<store::DeliveryFact>(&event.fact);
    if (!fact) return {};
    if (fact->sentDigest) CHECK_OK(addSent(*fact, *fact->sentDigest, fact->address));
    for (const auto& recipient : fact->recipients)
      if (recipient.sentDigest) CHECK_OK(addSent(*fact, *recipient.sentDigest, recipient.address));
    if (!fact->wire.empty())
      add("said-" + std::to_string(event.sequence) + "-" +
              formats::plainFileName(document::name(event.type), "event") + ".txt",
          fact->wire, "said", fact->address);
    return {};
  }

  std::string head() const { return links_.empty() ? std::string() : hex(view(links_.back().hash)); }

  std::string chainJson() const {
    json::array list;
    for (const auto& link : links_)
      list.push_back({{"sequence", link.sequence},
                      {"type", link.type},
                      {"at", link.at.text()},
                      {"payload", link.payload ? json::value(*link.payload) : json::value(nullptr)},
                      {"payloadDigest", hex(view(link.payloadDigest))},
                      {"hash", hex(view(link.hash))}});
    return json::serialize(
        json::object{{"form", evidence_form}, {"document", document_.text()}, {"events", std::move(list)}});
  }

  std::string manifestJson() const {
    json::array files;
    for (const auto& file : files_)
      files.push_back({{"name", file.name},
                       {"sha256", file.sha256},
                       {"size", file.size},
                       {"proves", file.proves},
                       {"about", file.about.empty() ? json::value(nullptr) : json::value(file.about)}});
    return json::serialize(json::object{{"form", evidence_form},
                                        {"document", document_.text()},
                                        {"number", row_.entry.number},
                                        {"madeAt", now_.text()},
                                        {"head", head()},
                                        {"files", std::move(files)}});
  }

  store::Reader& reader_;
  const store::Viewer& viewer_;
  const DocumentId document_;
  const Language language_;
  const Instant now_;
  store::DocumentRow row_;
  std::vector<store::Event> events_;
  std::vector<store::ChainLink> links_;
  std::vector<EvidenceFile> files_;
  std::set<Digest> sent_;
  formats::ZipFile zip_;
};

}  // namespace

Result<std::string> evidenceZip(store::Reader& reader, const store::Viewer& viewer, DocumentId document,
                                Language language, Instant now) {
  return Package(reader, viewer, document, language, now).make();
}

}  // namespace postgang::flow
