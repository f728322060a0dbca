// Accept and Accept-Encoding. Weights are read as thousandths: "q=0.8" is 800 (RFC 9110, 12.4.2).
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "net/http.h"

namespace postgang::net {
namespace {

struct Choice {
  std::string name;  // lower case
  int weight = 1000;
};

int weightOf(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  if (text[0] == '1') return 1000;
  int weight = 0, place = 100;
  for (char c : text.substr(1)) {
    if (c == '.') continue;
    if (c < '0' || c > '9') return 0;
    weight += (c - '0') * place;
    place /= 10;
  }
  return weight;
}

std::vector<Choice> choices(std::string_view header) {
  std::vector<Choice> result;
  for (auto item : split(header, ',')) {
    Choice choice;
    const auto parts = split(item, ';');
    choice.name = lowered(trimmed(parts[0]));
    if (choice.name.empty()) continue;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const auto parameter = trimmed(parts[i]);
      if (parameter.starts_with("q=") || parameter.starts_with("Q="))
        choice.weight = weightOf(parameter.substr(2));
    }
    result.push_back(std::move(choice));
  }
  return result;
}

// The most exact range decides: "text/html" before "text/*" before "*/*".
int weightOfType(const std::vector<Choice>& accepted, std::string_view offer) {
  const std::string type = lowered(trimmed(offer.substr(0, offer.find(';'))));
  const std::string family = type.substr(0, type.find('/')) + "/*";
  int weight = 0, exactness = -1;
  for (const auto& choice : accepted) {
    const int exact = choice.name == type ? 2 : choice.name == family ? 1 : choice.name == "*/*" ? 0 : -1;
    if (exact <= exactness) continue;
    exactness = exact;
    weight = choice.weight;
  }
  return weight;
}

std::optional<int> weightOfCoding(const std::vector<Choice>& accepted, std::string_view coding) {
  std::optional<int> any;
  for (const auto& choice : accepted) {
    if (choice.name == coding) return choice.weight;
    if (choice.name == "*") any = choice.weight;
  }
  return any;
}

}  // namespace

std::string_view preferredType(std::string_view accept, std::initializer_list<std::string_view> offers) {
  if (offers.size() == 0) return {};
  if (trimmed(accept).empty()) return *offers.begin();
  const auto accepted = choices(accept);
  std::string_view best;
  int bestWeight = 0;
  for (auto offer : offers) {
    const int weight = weightOfType(accepted, offer);
    if (weight <= bestWeight) continue;
    bestWeight = weight;
    best = offer;
  }
  return best;
}

std::string_view preferredEncoding(std::string_view acceptEncoding) {
  const auto accepted = choices(acceptEncoding);
  const int brotli = weightOfCoding(accepted, "br").value_or(0);
  const int gzip = weightOfCoding(accepted, "gzip").value_or(0);
  if (brotli > 0 && brotli >= gzip) return "br";
  if (gzip > 0) return "gzip";
  return "identity";
}

}  // namespace postgang::net
