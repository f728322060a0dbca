// The shell of a recipient's page: head, the sender's name, foot; and dates as they are said in running text.
// Internal to recipient_page*.cc.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "render/recipient_page.h"

namespace postgang::render {

std::string dateInWords(Date date, Language language,
                        Date today);                       // "30 november", with another year's number
std::string momentInWords(Instant at, Language language);  // "11 nov kl. 09.14"
std::string momentInFull(Instant at, Language language);   // "2026-11-11 kl. 09.12"

class RecipientPageWriter {
 public:
  using Parameters = std::map<std::string, std::string>;

  explicit RecipientPageWriter(const RecipientPage& page);

  // The word of recipientPage.KEY with sender and kind filled in.
  std::string say(std::string_view key, const Parameters& parameters = {}) const;
  std::string saidOfKind(std::string_view form) const;  // "a", "the", "The", "name"
  std::string counted(std::string_view key, std::int64_t count) const;

  void open(std::string_view title, std::string_view mainClass = {});
  void raw(std::string_view html) { out_ += html; }
  void element(std::string_view name, std::string_view text, std::string_view attributes = {});
  void icon(std::string_view name);  // "copy", "done", "open", "file", "on"
  // A form with one button; `where` beneath the page's address. In a preview a button that does nothing.
  void button(std::string_view where, std::string_view words, std::string_view classes);
  void link(std::string_view where, std::string_view words, std::string_view attributes);
  std::string place(std::string_view where) const;  // base + where
  std::string keyed(std::string_view where) const;  // base + key + where
  void state();                                     // what is said first: replaced, cancelled, credited
  void foot();
  std::string finish(bool withScript = false) &&;

 private:
  void head();
  std::string receipt() const;
  void whoIsBehind();
  const RecipientPage& page_;
  const Texts& texts_;
  std::string out_;
};

}  // namespace postgang::render
