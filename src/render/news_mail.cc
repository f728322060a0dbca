#include "render/news_mail.h"

#include "render/html.h"
#include "render/notice_writer.h"
#include "render/unlinked.h"

namespace postgang::render {

namespace {

constexpr std::size_t value_points_max = 80;

constexpr std::string_view dark_style =
    ":root{color-scheme:light dark}"
    "@media(prefers-color-scheme:dark){.g{background:#101215!important}.s{background:#1b1e23!important;"
    "border-color:#2b2f36!important}.s td,.s h1,.s h2,.t{color:#eceef1!important}.d{color:#a9b0bb!important}"
    ".l{border-color:#3a3f48!important}.x{background:#262a31!important}}";

std::string bounded(std::string_view text) {
  auto bare = collapsed(withoutControls(text));
  if (codePoints(bare) > value_points_max) bare = truncated(bare, value_points_max - 1) + "…";
  return unlinked(bare);
}

// What the sentence wants and nobody has said is left out.
std::string withoutGaps(std::string sentence) {
  for (auto open = sentence.find("{{"); open != std::string::npos; open = sentence.find("{{", open)) {
    const auto close = sentence.find("}}", open);
    if (close == std::string::npos) break;
    sentence.erase(open, close + 2 - open);
  }
  return collapsed(sentence);
}

// What happened to it has a sentence of its own, where there is one.
std::string keyOf(const NewsLine& line, const Texts& texts) {
  auto key = "portal.news.said." + line.kind;
  if (const auto what = line.words.find("what"); what != line.words.end())
    if (auto own = key + "-" + what->second; texts.has(own) || texts.has(own + "_other"))
      key = std::move(own);
  const auto plural = key + (line.count == 1 ? "_one" : "_other");
  return texts.has(plural) ? plural : key;
}

class NewsWriter : public NoticeWriter {
 public:
  NewsWriter(Language language, std::string_view title) : NoticeWriter(language, title, dark_style) {}
  void item(const std::string& sentence, const std::string& company) {
    paragraph("font-size:15px;line-height:1.5", escapedHtml(sentence) +
                                                    "<br><span class=\"d\" style=\"font-"
                                                    "size:13px;color:" +
                                                    std::string(mail_grey) + "\">" + escapedHtml(company) +
                                                    "</span>");
    text_ += "- " + sentence + " (" + company + ")\n";
  }
  void way(const std::string& words, const std::string& link) {
    if (link.empty()) return;
    paragraph("font-size:13px;color:" + std::string(mail_grey),
              "<a class=\"d\" style=\"color:" + std::string(mail_grey) + "\" href=\"" + escapedHtml(link) +
                  "\">" + escapedHtml(words) + "</a>",
              "d");
    text_ += words + ":\n" + link + "\n";
  }
};

}  // namespace

std::string newsSentence(const NewsLine& line, Language language) {
  const auto& texts = Texts::of(language);
  std::map<std::string, std::string> values;
  for (const auto& [name, value] : line.words) values[name] = bounded(value);
  values["company"] = bounded(line.company);
  values["count"] = std::to_string(line.count);
  const auto type = line.type.empty() ? std::string("other") : line.type;
  values["types"] = texts.word("portal.news.many." + type);
  values["type"] = texts.word("portal.news.one." + type);
  if (auto& counterpart = values["counterpart"]; counterpart.empty())
    counterpart = texts.word("portal.news.somebody");
  return withoutGaps(texts.sentence(keyOf(line, texts), values));
}

WrittenNews newsMail(const NewsMail& about) {
  const auto& texts = Texts::of(about.language);
  const auto say = [&](std::string_view key, const std::map<std::string, std::string>& values = {}) {
    return texts.sentence("newsMail." + std::string(key), values);
  };
  std::int64_t total = 0;
  for (const auto& line : about.lines) total += line.count;
  WrittenNews mail;
  const bool one = about.lines.size() == 1;
  mail.subject = one ? newsSentence(about.lines.front(), about.language)
                     : say("subject", {{"count", std::to_string(total)}});
  NewsWriter out(about.language, mail.subject);
  out.masthead(say("operator"), bounded(about.name));
  out.heading(one ? mail.subject : say("heading", {{"count", std::to_string(total)}}));
  std::string kind;
  for (const auto& line : about.lines) {
    if (one) {
      out.words(say("company", {{"company", bounded(line.company)}}));
      break;
    }
    if (line.kind != kind) out.part(std::string(texts.word("portal.news.kind." + line.kind)));
    kind = line.kind;
    out.item(newsSentence(line, about.language), bounded(line.company));
  }
  if (!about.link.empty()) out.button(say(about.digest ? "buttonAll" : "button"), about.link);
  out.foot({say(about.digest ? "whyDigest" : "why")});
  out.way(say("settings"), about.settings);
  if (!about.unsubscribe.empty())
    out.way(say(about.digest ? "unsubscribeDigest" : "unsubscribe"), about.unsubscribe);
  mail.text = out.text();
  mail.html = std::move(out).html();
  return mail;
}

}  // namespace postgang::render
