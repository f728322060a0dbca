#include "net/mail_authentication.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/text.h"

namespace postgang::net {
namespace {

struct Finding {
  std::string method, result;
  std::vector<std::pair<std::string, std::string>> properties;  // "header.d", "nordhamn.example"

  std::string of(std::string_view name) const {
    const auto found =
        std::ranges::find(properties, name, [](const auto& one) -> std::string_view { return one.first; });
    return found == properties.end() ? std::string() : found->second;
  }
};

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Without comments, which may lie in one another, and with what is quoted as one word: what a stranger has
// put between quotes is no syntax. nullopt: something in it does not end.
std::optional<std::string> plain(std::string_view value) {
  std::string out;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool escaped = value[i] == '\\' && (quoted || depth > 0);
    if (escaped && ++i == value.size()) return std::nullopt;
    const char c = value[i];
    if (depth > 0) {
      if (!escaped && c == '(') ++depth;
      if (!escaped && c == ')' && --depth == 0) out += ' ';
    } else if (!escaped && c == '"') {
      quoted = !quoted;
    } else if (quoted) {
      out += isSpace(c) || std::string_view(";=()").find(c) != std::string_view::npos ? '_' : c;
    } else if (c == '(') {
      depth = 1;
    } else {
      out += isSpace(c) ? ' ' : c;
    }
  }
  if (depth > 0 || quoted) return std::nullopt;
  return lowered(out);
}

std::vector<std::string> wordsIn(std::string_view text) {
  std::string tight;
  for (const auto word : split(text, ' ')) {
    if (word.empty()) continue;
    const bool joins = tight.empty() || tight.ends_with('=') || word.starts_with('=');
    tight.append(joins ? "" : " ").append(word);
  }
  std::vector<std::string> words;
  for (const auto word : split(tight, ' '))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

std::pair<std::string, std::string> halves(const std::string& word) {
  const auto equals = word.find('=');
  if (equals == std::string::npos) return {word, {}};
  return {word.substr(0, equals), word.substr(equals + 1)};
}

// nullopt: it is not this server's. One that cannot be read may be, and says nothing.
std::optional<std::vector<Finding>> findingsIn(std::string_view value, std::string_view authservId) {
  const auto text = plain(value);
  std::vector<Finding> findings;
  if (!text) return findings;
  bool isFirst = true;
  for (const auto part : split(*text, ';')) {
    const auto words = wordsIn(part);
    if (isFirst) {
      if (words.empty() || words.front() != lowered(authservId)) return std::nullopt;
      isFirst = false;
      continue;
    }
    if (words.empty()) continue;
    auto& finding = findings.emplace_back();
    std::tie(finding.method, finding.result) = halves(words.front());
    finding.method = finding.method.substr(0, finding.method.find('/'));  // its version
    for (std::size_t i = 1; i < words.size(); ++i) finding.properties.push_back(halves(words[i]));
  }
  return findings;
}

// "karin@nordhamn.example", "@nordhamn.example", "nordhamn.example".
std::string domainIn(const std::string& value) {
  const auto at = value.rfind('@');
  return at == std::string::npos ? value : value.substr(at + 1);
}

bool proves(const Finding& finding, const std::string& domain) {
  if (finding.result != "pass") return false;
  if (finding.method == "dkim")
    return domainIn(finding.of("header.d")) == domain || domainIn(finding.of("header.i")) == domain;
  return finding.method == "spf" && domainIn(finding.of("smtp.mailfrom")) == domain;
}

}  // namespace

bool isSenderProven(const ReceivedMail& mail, std::string_view authservId) {
  const auto domain = lowered(domainOf(mail.from.address));
  if (authservId.empty() || domain.empty() || mail.authors != 1) return false;
  for (const auto& value : mail.authenticationResults) {
    const auto findings = findingsIn(value, authservId);
    if (!findings) continue;
    const auto dmarc = std::ranges::find(*findings, "dmarc", &Finding::method);
    if (dmarc != findings->end() && dmarc->result != "none") {
      const auto of = domainIn(dmarc->of("header.from"));
      return dmarc->result == "pass" && (of.empty() || of == domain);
    }
    return std::ranges::any_of(*findings, [&](const auto& finding) { return proves(finding, domain); });
  }
  return false;
}

}  // namespace postgang::net
