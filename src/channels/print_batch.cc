#include "channels/print_batch.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "channels/print_json.h"
#include "formats/archive.h"
#include "formats/zip_file.h"
#include "net/file_drop.h"
#include "xml/writer.h"

namespace postgang::channels {
namespace {

namespace json = boost::json;

constexpr std::string_view manifest_namespace = "urn:postgang:print-manifest:1";
constexpr std::size_t manifest_bytes_max = 16 * 1024 * 1024, lines_max = 100, line_points_max = 200;
constexpr int sheets_max = 10'000;

std::string fileOf(const BatchLetter& letter) {
  return "letters/" + letter.delivery.text() + ".pdf";
}

json::array listOf(const std::vector<std::string>& lines) {
  json::array list;
  for (const auto& line : lines) list.emplace_back(line);
  return list;
}

json::object letterJson(const BatchLetter& letter) {
  return {{"delivery", letter.delivery.text()},
          {"file", fileOf(letter)},
          {"sha256", hex(view(letter.digest))},
          {"pages", letter.pages},
          {"sheets", letter.sheets},
          {"duplex", letter.duplex},
          {"colour", letter.colour},
          {"postage", name(letter.zone)},
          {"weightClass", letter.weightClass},
          {"language", code(letter.language)},
          {"recipient", listOf(letter.recipient)},
          {"returnAddress", listOf(letter.returnAddress)},
          {"enclosures", listOf(letter.enclosures)}};
}

std::int64_t sheetsOf(const LetterBatch& batch) {
  std::int64_t sheets = 0;
  for (const auto& letter : batch.letters) sheets += letter.sheets;
  return sheets;
}

void writeLines(xml::Writer& writer, std::string_view element, std::string_view each,
                const std::vector<std::string>& lines) {
  writer.open(element);
  for (const auto& line : lines) writer.leaf(each, line);
  writer.close();
}

void writeLetter(xml::Writer& writer, const BatchLetter& letter) {
  const auto yes = [](bool is) { return is ? "true" : "false"; };
  writer.open("letter")
      .attribute("delivery", letter.delivery.text())
      .attribute("file", fileOf(letter))
      .attribute("sha256", hex(view(letter.digest)))
      .attribute("pages", std::to_string(letter.pages))
      .attribute("sheets", std::to_string(letter.sheets))
      .attribute("duplex", yes(letter.duplex))
      .attribute("colour", yes(letter.colour))
      .attribute("postage", name(letter.zone))
      .attribute("weightClass", letter.weightClass)
      .attribute("language", code(letter.language));
  writeLines(writer, "recipient", "line", letter.recipient);
  writeLines(writer, "returnAddress", "line", letter.returnAddress);
  writeLines(writer, "enclosures", "name", letter.enclosures);
  writer.close();
}

// --- Reading

class ManifestReader : PrintJson {
 public:
  ManifestReader() : PrintJson("print-batch-malformed", "The batch") {}

  Result<LetterBatch> read(std::string_view text, std::map<std::string, std::string>& files) {
    TRY(const auto root, parsed(text, manifest_bytes_max));
    LetterBatch batch;
    TRY(const auto format, word(root, "manifest", ""));
    if (format != manifest_namespace) return wrong("/manifest", "is another manifest than we know");
    TRY(batch.id, word(root, "batch", ""));
    if (!net::isDropName(batch.id)) return wrong("/batch", "is no batch's name");
    TRY(batch.house, word(root, "house", ""));
    TRY(batch.at, instant(root, "at", ""));
    const auto* letters = list(root, "letters");
    if (!letters || letters->size() > batch_letters_max) return wrong("/letters", "is not a list of letters");
    for (std::size_t i = 0; i < letters->size(); ++i) {
      TRY(auto letter, letterFrom((*letters)[i], "/letters/" + std::to_string(i), files));
      batch.letters.push_back(std::move(letter));
    }
    if (!files.empty()) return wrong("/letters", "does not name " + shown(files.begin()->first));
    CHECK_OK(checkSums(root, batch));
    return batch;
  }

 private:
  Result<BatchLetter> letterFrom(const json::value& value, const std::string& at,
                                 std::map<std::string, std::string>& files) const {
    const auto* object = value.if_object();
    if (!object) return wrong(at, "is not a letter");
    BatchLetter letter;
    TRY(const auto delivery, word(*object, "delivery", at));
    const auto id = DeliveryId::parse(delivery);
    if (!id) return wrong(at + "/delivery", "is no delivery's id");
    letter.delivery = *id;
    TRY(letter.pages, count(*object, "pages", at, sheets_max));
    TRY(letter.sheets, count(*object, "sheets", at, sheets_max));
    TRY(letter.duplex, truth(*object, "duplex", at));
    TRY(letter.colour, truth(*object, "colour", at));
    TRY(const auto postage, word(*object, "postage", at));
    const auto zone = postageZoneFromName(postage);
    if (!zone) return wrong(at + "/postage", "is no postage");
    letter.zone = *zone;
    TRY(letter.weightClass, word(*object, "weightClass", at));
    TRY(const auto language, word(*object, "language", at));
    letter.language = languageFromTag(language);
    TRY(letter.recipient, lines(*object, "recipient", at));
    TRY(letter.returnAddress, lines(*object, "returnAddress", at));
    TRY(letter.enclosures, lines(*object, "enclosures", at));
    const auto file = files.find(letter.delivery.text() + ".pdf");
    if (file == files.end()) return wrong(at + "/file", "is not in the zip, or named twice");
    letter.pdf = std::move(file->second);
    files.erase(file);
    letter.digest = sha256(letter.pdf);
    TRY(const auto digest, word(*object, "sha256", at));
    if (digest != hex(view(letter.digest))) return wrong(at + "/sha256", "is not the file's");
    return letter;
  }

  Outcome checkSums(const json::object& root, const LetterBatch& batch) const {
    const auto* value = root.if_contains("sums");
    const auto* sums = value ? value->if_object() : nullptr;
    if (!sums) return wrong("/sums", "is missing");
    TRY(const auto letters, count(*sums, "letters", "/sums", static_cast<int>(batch_letters_max)));
    TRY(const auto sheets, count(*sums, "sheets", "/sums", sheets_max * static_cast<int>(batch_letters_max)));
    if (letters != static_cast<int>(batch.letters.size())) return wrong("/sums/letters", "does not hold");
    if (sheets != sheetsOf(batch)) return wrong("/sums/sheets", "does not hold");
    return {};
  }

  Result<std::vector<std::string>> lines(const json::object& from, std::string_view key,
                                         const std::string& at) const {
    const auto* found = list(from, key);
    const auto place = at + "/" + std::string(key);
    if (!found || found->size() > lines_max) return wrong(place, "is not a list of lines");
    std::vector<std::string> out;
    for (const auto& value : *found) {
      const auto* text = value.if_string();
      if (!text || text->size() > 4 * line_points_max) return wrong(place, "has a line that is none");
      out.emplace_back(*text);
    }
    return out;
  }
};

}  // namespace

std::string manifestLine(const BatchLetter& letter) {
  return json::serialize(letterJson(letter));
}

std::string manifestJson(const LetterBatch& batch) {
  json::array letters;
  for (const auto& letter : batch.letters) letters.push_back(letterJson(letter));
  return json::serialize(
             json::object{{"manifest", manifest_namespace},
                          {"batch", batch.id},
                          {"house", batch.house},
                          {"at", batch.at.text()},
                          {"letters", std::move(letters)},
                          {"sums", {{"letters", batch.letters.size()}, {"sheets", sheetsOf(batch)}}}}) +
         "\n";
}

Result<std::string> manifestXml(const LetterBatch& batch) {
  xml::Writer writer({.indent = 2});
  writer.open("manifest")
      .declare("", manifest_namespace)
      .attribute("batch", batch.id)
      .attribute("house", batch.house)
      .attribute("at", batch.at.text());
  for (const auto& letter : batch.letters) writeLetter(writer, letter);
  writer.open("sums")
      .attribute("letters", std::to_string(batch.letters.size()))
      .attribute("sheets", std::to_string(sheetsOf(batch)))
      .close();
  return writer.finish();
}

Result<std::string> writeBatch(const LetterBatch& given) {
  if (given.letters.size() > batch_letters_max || !net::isDropName(given.id))
    return fail(ProblemKind::internal, "print-batch-malformed",
                "A batch has a name and at most 500 letters.");
  LetterBatch batch = given;
  for (auto& letter : batch.letters) letter.digest = sha256(letter.pdf);
  TRY(const auto asXml, manifestXml(batch));
  formats::ZipFile zip;
  zip.add("manifest.json", manifestJson(batch));
  zip.add("manifest.xml", asXml);
  for (const auto& letter : batch.letters) zip.add(fileOf(letter), letter.pdf);
  return std::move(zip).finish();
}

Result<LetterBatch> readBatch(std::string_view zip) {
  formats::ArchiveLimits limits;
  limits.entries = batch_letters_max + 10;
  limits.bytes = batch_bytes_max;
  TRY(auto entries, formats::unpack(zip, limits));
  std::map<std::string, std::string> files;
  for (auto& entry : entries) files[entry.name] = std::move(entry.bytes);
  const auto manifest = files.extract("manifest.json");
  if (manifest.empty() || files.erase("manifest.xml") == 0)
    return fail(ProblemKind::invalid, "print-batch-malformed",
                "The batch has no manifest.json and manifest.xml.");
  return ManifestReader().read(manifest.mapped(), files);
}

}  // namespace postgang::channels
