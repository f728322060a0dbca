// The blocks of a notice's mail, written into HTML and text at once, so that both say the same. Used by
// notice_mail.cc alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace postgang::render {

struct NoticeCell;

class NoticeWriter {
 public:
  struct Fact {
    std::string label, value, strong;
  };

  NoticeWriter(Language language, std::string_view title);
  void masthead(const std::string& house, const std::string& onBehalf);
  void state(const std::string& words);
  void heading(const std::string& words);
  void lead(const std::string& words);
  void facts(const std::vector<Fact>& facts);
  void part(const std::string& heading);
  void words(const std::string& words);
  void fault(const std::string& strong, const std::string& words);
  void cutOut(const std::string& heading, const std::vector<NoticeCell>& cells, const std::string& note);
  void document(const std::string& what, const std::string& amount, const std::vector<std::string>& faults);
  void button(const std::string& words, const std::string& link);
  void wayOut(const std::string& strong, const std::string& words);
  void deadline(const std::string& strong, const std::string& words);
  void typed(const std::string& words, const std::string& link);
  void foot(const std::vector<std::string>& lines);
  std::string html() &&;
  const std::string& text() const { return text_; }

 private:
  void paragraph(std::string_view style, const std::string& words);
  void rule();
  void noteBeneath(const std::vector<NoticeCell>& cells, const std::string& note);
  std::string html_, text_;
};

}  // namespace postgang::render
