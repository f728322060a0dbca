// The mail of one piece of news, and the day's mail of all that is unread: subject, HTML and the same words
// as text; complete without pictures, nothing fetched, for light and dark; every value is bounded and
// escaped, and no name that somebody else has written reads as an address that one could follow.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace postgang::render {

struct NewsLine {
  std::string kind;  // portal.news.said.<kind>
  std::string type;  // of documents: "invoice"; empty: it is about none
  std::int64_t count = 1;
  std::string company;  // by name
  std::map<std::string, std::string, std::less<>> words = {};
};

// «4711 till Bergs Bygg AB kunde inte levereras», «14 fakturor kunde inte levereras»
std::string newsSentence(const NewsLine& line, Language language);

struct NewsMail {
  Language language = Language::swedish;
  std::string name;             // whose it is
  std::vector<NewsLine> lines;  // several: by kind
  bool digest = false;
  std::string link;         // absolute: what it is about, or all of it
  std::string settings;     // absolute: where the choice is made
  std::string unsubscribe;  // absolute; empty: none
};

struct WrittenNews {
  std::string subject, html, text;
};
WrittenNews newsMail(const NewsMail& mail);

}  // namespace postgang::render
