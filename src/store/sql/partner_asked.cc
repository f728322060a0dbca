// Every word that is asked for stands in the partner's name, identifier or customer number. Numbers are
// written in many ways: what follows one another of digits is one number as well, without the blanks and
// hyphens in it, and a Swedish VAT number or one of twelve digits is the organisation number in it.
#include "store/sql/partner_asked.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "document/identifiers.h"
#include "store/sql/dialect.h"

namespace postgang::store::sql {
namespace {

constexpr std::string_view of_customers =
    "EXISTS (SELECT 1 FROM company_identifiers i JOIN companies c ON c.id = i.company WHERE i.identifier = "
    "p.identifier AND c.customer = 1)";

constexpr std::size_t number_words_max = 8;  // «SE 55 99 90 02 13 01»

bool isOfNumber(std::string_view word) {
  return word.find_first_not_of("0123456789-") == std::string_view::npos && !digitsOf(word).empty();
}

// «SE559990-0213»: the country stands before its digits, with a blank between or none.
bool beginsVatNumber(std::string_view word) {
  return word == "se" || (word.starts_with("se") && isOfNumber(word.substr(2)));
}

// Words that may together be one number.
std::size_t wordsOfNumber(std::span<const std::string_view> words) {
  const bool isVat = beginsVatNumber(words.front());
  if (!isVat && !isOfNumber(words.front())) return 0;
  std::size_t count = 1;
  while (count < std::min(words.size(), number_words_max) && isOfNumber(words[count])) ++count;
  return isVat && count == 1 && words.front() == "se" ? 0 : count;
}

// What the number may stand as beside as it is written.
std::vector<std::string> formsOf(std::span<const std::string_view> words) {
  std::string digits;
  for (const auto word : words) digits += digitsOf(word);
  std::vector<std::string> forms;
  const auto addOrganisation = [&](std::string ten) {
    if (document::isSwedishOrganisationNumber(ten)) forms.push_back(std::move(ten));
  };
  constexpr std::size_t length = 10;
  const bool isVat = beginsVatNumber(words.front());
  if (!isVat) forms.push_back(digits);
  if (isVat && digits.size() == length) addOrganisation(digits);
  if (digits.size() == length + 2) {
    addOrganisation(digits.substr(0, length));      // SE559990021301
    if (!isVat) addOrganisation(digits.substr(2));  // 165599900213
  }
  return forms;
}

// «0007:559990-0213»
std::vector<std::string> formsOf(std::string_view word) {
  constexpr std::size_t colon = 4;
  const auto number = word.substr(std::min(word.size(), colon + 1));
  if (word.size() > colon && word[colon] == ':' && (isOfNumber(number) || beginsVatNumber(number))) {
    std::string plain(word);
    std::erase(plain, '-');
    return {plain};
  }
  if (!isOfNumber(word) && !beginsVatNumber(word)) return {};
  return formsOf(std::span(&word, 1));
}

class Words {
 public:
  Words(Statement& statement, std::string_view plain) : statement_(statement) {
    const auto words = split(plain, ' ');
    std::span<const std::string_view> left(words);
    while (!left.empty()) {
      const auto count = std::max<std::size_t>(wordsOfNumber(left), 1);
      add(left.first(count));
      left = left.subspan(count);
    }
  }

  // All of them in the row `of`.
  std::string in(std::string_view of) const {
    std::vector<std::string> clauses;
    for (const auto& number : numbers_) {
      std::vector<std::string> words;
      for (const auto& word : number.words)
        words.push_back(word.forms.empty() ? written(of, word.written)
                                           : "(" + written(of, word.written) + orAny(of, word.forms) + ")");
      clauses.push_back("(" + joined(words, " AND ") + orAny(of, number.forms) + ")");
    }
    return joined(clauses, " AND ");
  }

 private:
  // All as parameters.
  struct Word {
    std::string written;
    std::vector<std::string> forms;
  };
  struct Number {
    std::vector<Word> words;         // one, where it is no number
    std::vector<std::string> forms;  // of all its words together
  };

  void add(std::span<const std::string_view> words) {
    Number number;
    for (const auto word : words) number.words.push_back({parameter(word), parameters(formsOf(word), word)});
    if (words.size() > 1) number.forms = parameters(formsOf(words), {});
    numbers_.push_back(std::move(number));
  }
  std::string parameter(std::string_view text) {
    return statement_.keep(containsValue(statement_.dialect(), text));
  }
  std::vector<std::string> parameters(const std::vector<std::string>& forms, std::string_view but) {
    std::vector<std::string> places;
    for (const auto& form : forms)
      if (form != but) places.push_back(parameter(form));
    return places;
  }

  std::string written(std::string_view of, std::string_view word) const {
    const std::string row(of);
    return containsClause(statement_.dialect(),
                          "(" + row + ".name_folded || ' ' || LOWER(" + row + ".identifier || ' ' || " + row +
                              ".customer_number))",
                          word);
  }
  std::string orAny(std::string_view of, const std::vector<std::string>& forms) const {
    std::string clause;
    for (const auto& form : forms)
      clause += " OR " + containsClause(statement_.dialect(), std::string(of) + ".identifier", form);
    return clause;
  }

  Statement& statement_;
  std::vector<Number> numbers_;
};

void addChannel(Statement& statement, const std::string& channel) {
  const auto wanted = statement.keep(containsValue(statement.dialect(), "\"" + channel + "\""));
  const auto holds = [&](std::string_view column) {
    return containsClause(statement.dialect(), column, wanted);
  };
  statement << " AND CASE WHEN p.channels NOT IN ('', '[]') THEN " << holds("p.channels")
            << " WHEN p.reach <> '' THEN " << holds("p.reach_channels") << " ELSE "
            << (channel == "network" ? of_customers : std::string_view("1 = 0")) << " END";
}

}  // namespace

std::string standingClause(std::string_view now, std::string_view newSince) {
  return "CASE WHEN p.open_stops > 0 THEN 'stopped' WHEN p.reachable = 0 THEN 'not-reachable' WHEN "
         "p.first_activity_at IS NULL THEN 'no-documents' WHEN p.first_activity_at > " +
         std::string(newSince) + " THEN 'new' WHEN p.silent_at <= " + std::string(now) +
         " THEN 'long-silent' ELSE 'active' END";
}

void addAsked(Statement& statement, CompanyId owner, const PartnerQuery& query) {
  const auto company = statement.place(owner);
  statement << " WHERE p.owner = " << company << " AND p.merged_into = ''";
  if (const auto plain = collapsed(folded(query.text)); !plain.empty()) {
    const Words words(statement, plain);
    statement << " AND (" << words.in("p")
              << " OR p.identifier IN (SELECT a.merged_into FROM partners a WHERE a.owner = " << company
              << " AND a.merged_into <> '' AND " << words.in("a") << "))";
  }
  if (!query.channel.empty()) addChannel(statement, query.channel);
  if (query.changedAccounts)
    statement << " AND p.accounts_changed " << (*query.changedAccounts ? "> 0" : "= 0");
}

void addStandings(Statement& statement, const PartnerQuery& query, Instant now) {
  if (query.standings.empty()) return;
  // One alone has an index of its own where it is rare.
  if (query.standings.size() == 1 && query.standings.front() == Standing::stopped) {
    statement << " AND p.open_stops > 0";
    return;
  }
  if (query.standings.size() == 1 && query.standings.front() == Standing::not_reachable)
    statement << " AND p.reachable = 0";
  std::vector<std::string> names;
  for (const auto standing : query.standings) names.emplace_back(name(standing));
  const auto at = statement.place(now), since = statement.place(now.plusSeconds(-new_seconds));
  statement << " AND "
            << textsClause(statement.dialect(), standingClause(at, since),
                           statement.keep(textsValue(statement.dialect(), names)));
}

}  // namespace postgang::store::sql
