// Writes the papers of one world in order: numbers run on, credit notes and interest refer to what was sent
// before.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/demo/paper.h"

namespace postgang::app::demo {

// A file ready to be handed over.
struct Mailing {
  int relation = 0;
  std::string number;
  Date issued;
  Mistake mistake = Mistake::none;
  std::string fileName, bytes;
  std::shared_ptr<const Paper> right;  // of a slip: as it was meant
};

class Sender {
 public:
  // Habits change over the time before `end`.
  Sender(const World& world, Date end);

  // With `forced` it goes wrong in this way.
  Mailing invoice(int relation, Date date, std::optional<Mistake> forced = std::nullopt);
  // The invoice that was meant when one went wrong: the same, right this time.
  std::optional<Mailing> corrected(const std::string& number, int relation);
  // Another invoice under a number that this relation has used; nullopt when it has sent none.
  std::optional<Mailing> repeatedNumber(int relation, Date date);
  std::optional<Mailing> creditNote(int relation, Date date);  // of the last invoice
  std::optional<Mailing> interest(int relation, Date date);    // on the last invoice
  // Numbers already used by earlier traffic: the next is higher.
  void continueAfter(int company, std::int64_t number);

 private:
  Paper paperOf(int relation, Date date);
  Mailing write(const Paper& paper, int relation, Mistake mistake);
  Mistake mistakeOf(const Paper& paper);
  std::string nextNumber(int company);
  void chooseMoved();

  const World& world_;
  const Date end_;
  Random random_;
  std::vector<std::int64_t> lastNumber_;  // by company
  std::map<int, Paper> last_;             // by relation
  std::set<int> moved_;                   // sellers that are paid elsewhere in the last weeks
  std::map<std::string, Paper> wrong_;    // by relation and number: what is to come again
};

}  // namespace postgang::app::demo
