// The words of the screens: texts/{sv,en}.json laid into the program by the assembler, read once.
#include <boost/json.hpp>
#include <stdexcept>

#include "base/text.h"

#define POSTGANG_EMBED(symbol, file)                                             \
  asm(".section .rodata\n.global " #symbol "\n.global " #symbol "_end\n" #symbol \
      ":\n.incbin \"" POSTGANG_TEXTS_FOLDER "/" file "\"\n" #symbol "_end:\n.byte 0\n.previous\n")
POSTGANG_EMBED(postgang_texts_sv, "sv.json");
POSTGANG_EMBED(postgang_texts_en, "en.json");
extern "C" {
extern const char postgang_texts_sv[], postgang_texts_sv_end[];
extern const char postgang_texts_en[], postgang_texts_en_end[];
}

namespace postgang {
namespace {

void flatten(const boost::json::value& value, const std::string& path,
             std::map<std::string, std::string, std::less<>>& words) {
  if (const auto* object = value.if_object()) {
    for (const auto& [key, inner] : *object)
      flatten(inner, path.empty() ? std::string(key) : path + "." + std::string(key), words);
  } else if (const auto* array = value.if_array()) {
    for (std::size_t i = 0; i < array->size(); ++i)
      flatten((*array)[i], path + "." + std::to_string(i), words);
  } else if (const auto* string = value.if_string()) {
    words.emplace(path, std::string(*string));
  } else {
    throw std::runtime_error("texts: \"" + path + "\" is not a text");
  }
}

}  // namespace

std::string_view code(Language language) {
  return language == Language::swedish ? "sv" : "en";
}

// "en-GB,en;q=0.9,sv;q=0.8": browsers list in falling order, so the first one known is the one wanted.
Language languageFromTag(std::string_view bcp47OrAcceptLanguage) {
  for (const auto part : split(bcp47OrAcceptLanguage, ',')) {
    const std::string tag = lowered(trimmed(part.substr(0, part.find(';'))));
    const std::string_view primary = std::string_view(tag).substr(0, tag.find_first_of("-_"));
    if (primary == "sv") return Language::swedish;
    if (primary == "en") return Language::english;
  }
  return Language::swedish;
}

Texts::Texts(std::string_view json) {
  flatten(boost::json::parse(json), "", words_);
}

const Texts& Texts::of(Language language) {
  static const Texts swedish(std::string_view(postgang_texts_sv, postgang_texts_sv_end));
  static const Texts english(std::string_view(postgang_texts_en, postgang_texts_en_end));
  return language == Language::swedish ? swedish : english;
}

bool Texts::has(std::string_view key) const {
  return words_.find(key) != words_.end();
}

std::string_view Texts::word(std::string_view key) const {
  const auto found = words_.find(key);
  return found == words_.end() ? key : std::string_view(found->second);
}

std::string Texts::sentence(std::string_view key,
                            const std::map<std::string, std::string>& parameters) const {
  std::string_view rest = word(key);
  std::string out;
  for (;;) {
    const std::size_t open = rest.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : rest.find("}}", open);
    if (close == std::string_view::npos) return out.append(rest);
    const std::string name(trimmed(rest.substr(open + 2, close - open - 2)));
    const auto found = parameters.find(name);
    out.append(rest.substr(0, open));
    out.append(found != parameters.end() ? std::string_view(found->second)
                                         : rest.substr(open, close + 2 - open));
    rest.remove_prefix(close + 2);
  }
}

}  // namespace postgang
