// The blocks of a notice's mail, written into HTML and text at once, so that both say the same. Used by
// notice_mail.cc alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/mail_writer.h"

namespace postgang::render {

struct NoticeCell;

class NoticeWriter : public MailWriter {
 public:
  NoticeWriter(Language language, std::string_view title, std::string_view style = {})
      : MailWriter(language, title, style) {}
  void masthead(const std::string& house, const std::string& onBehalf);
  void state(const std::string& words);
  void heading(const std::string& words);
  void lead(const std::string& words);
  void facts(const std::vector<Fact>& facts);
  void part(const std::string& heading);
  void fault(const std::string& strong, const std::string& words) { strongWords(strong, words); }
  void cutOut(const std::string& heading, const std::vector<NoticeCell>& cells, const std::string& note);
  void document(const std::string& what, const std::string& amount, const std::vector<std::string>& faults);
  void button(const std::string& words, const std::string& link) {
    MailWriter::button(words, link, mail_dark);
  }
  void wayOut(const std::string& strong, const std::string& words) { strongWords(strong, words); }
  void deadline(const std::string& strong, const std::string& words) { box(strong, words); }
  void foot(const std::vector<std::string>& lines);

 private:
  void noteBeneath(const std::vector<NoticeCell>& cells, const std::string& note);
};

}  // namespace postgang::render
