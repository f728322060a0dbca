// How one test reads: subject, predicate and what follows, in Swedish and English. For sentence.cc.
//
//   {"ordernumret (BT-13)", "ska ha åtta siffror och börja med 45", ", om uppgiften finns"}
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/demand.h"

namespace postgang::rules {

enum class Form { must, is };  // a demand on its own; what stands after «om»

struct Clause {
  std::string subject;
  std::string predicate;  // in `must` its first word is the verb that Swedish puts before the subject
  std::string tail;
};

class Phrases {
 public:
  explicit Phrases(Language language) : language_(language), texts_(Texts::of(language)) {}

  Clause clause(const Leaf& leaf, bool negated, Form form) const;
  std::string wanted(const Leaf& leaf, bool negated) const;

  std::string say(const std::string& key, const std::map<std::string, std::string>& parameters = {}) const {
    return texts_.sentence("demand." + key, parameters);
  }
  bool knows(const std::string& key) const { return texts_.has("demand." + key); }
  bool isNegative(std::string_view predicate) const;  // «får inte …», "does not …"
  std::string listed(const std::vector<std::string>& parts, std::string_view connective) const;
  std::string amount(const std::string& decimal, const std::string& currency) const;
  Language language() const { return language_; }

 private:
  std::string subject(const Leaf& leaf) const;
  std::string subject(document::Term term) const;
  std::string values(const Leaf& leaf) const;
  std::string quoted(const std::string& text) const;
  std::string number(int value) const;
  std::string counted(std::string_view what, int value) const;
  std::string range(const Leaf& leaf, std::string_view what) const;
  std::string grouped(const std::string& decimal) const;
  std::string numberValue(const Leaf& leaf) const;
  std::string registerOf(const Leaf& leaf) const;
  std::string tail(const Leaf& leaf, bool every, bool negative) const;
  std::map<std::string, std::string> parameters(const Leaf& leaf) const;

  Language language_;
  const Texts& texts_;
};

std::string withCapital(std::string text);

}  // namespace postgang::rules
