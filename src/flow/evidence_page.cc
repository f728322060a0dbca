#include "flow/evidence_page.h"

#include "base/calendar.h"
#include "render/html.h"

namespace postgang::flow {

namespace {

constexpr std::string_view style_rules =
    "*{box-sizing:border-box}html{background:#fff;color:#16181d;font:15px/1.5 "
    "Inter,system-ui,Arial,sans-serif}body{margin:0}main{max-width:60rem;margin:0 auto;padding:1.5rem}"
    "h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.05rem;margin:2rem 0 .5rem;"
    "border-top:1px solid #d4d8d8;padding-top:1rem}p{margin:.4rem 0;max-width:44rem}"
    "table{width:100%;border-collapse:collapse}th,td{text-align:left;vertical-align:top;padding:.45rem "
    ".75rem "
    ".45rem 0;border-bottom:1px solid #e4e7e7;overflow-wrap:anywhere}th{font-size:.8125rem;color:#444}"
    "td.t{white-space:nowrap;font-variant-numeric:tabular-nums}small,.d{color:#444;font-size:.8125rem}"
    "code{font:.75rem/1.4 ui-monospace,Menlo,monospace;overflow-wrap:anywhere}"
    "@media(max-width:40rem){main{padding:1rem}table,tbody,tr,td{display:block}thead{display:none}"
    "td{border:0;padding:.1rem 0}tr{border-bottom:1px solid #e4e7e7;padding:.5rem 0}}";

std::string twoDigits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// "2026-11-23 10:41:07", as clocks in Sweden show it.
std::string shown(Instant at) {
  const auto minute = minuteInStockholm(at);
  const auto second = static_cast<int>((at.microseconds / 1'000'000) % 60);
  return dateInStockholm(at).text() + " " + twoDigits(minute / 60) + ":" + twoDigits(minute % 60) + ":" +
         twoDigits(second);
}

struct Details {
  std::string operator()(const store::ReceivedFact& fact) const { return fact.fileName; }
  std::string operator()(const store::RecognisedFact& fact) const { return fact.format; }
  std::string operator()(const store::DeliveryFact& fact) const {
    std::string text = fact.address;
    for (const auto& more : {fact.evidence, fact.detail})
      if (!more.empty()) text += (text.empty() ? "" : " · ") + more;
    return text;
  }
  std::string operator()(const store::SmartmailFact& fact) const {
    return fact.recipient.empty() ? fact.detail
                                  : fact.recipient + (fact.detail.empty() ? "" : " · " + fact.detail);
  }
  std::string operator()(const store::AccessFact& fact) const { return fact.recipient; }
  std::string operator()(const store::FailedFact& fact) const { return fact.detail; }
  std::string operator()(const store::NoticeFact& fact) const { return fact.address; }
  std::string operator()(const store::NoteFact& fact) const { return fact.reason; }
  std::string operator()(const store::AnswerFact& fact) const {
    return fact.words.empty() ? fact.code : fact.code + ": " + fact.words;
  }
  std::string operator()(const store::StoppedFact& fact) const {
    return fact.findings.empty() ? std::string() : fact.findings.front().detail;
  }
  std::string operator()(const store::RoutedFact& fact) const {
    for (const auto& step : fact.plan)
      if (step.reachable) return step.channel;
    return {};
  }
};

class Page {
 public:
  explicit Page(const EvidenceFacts& facts) : facts_(facts), texts_(Texts::of(facts.language)) {}

  std::string make() {
    const auto& entry = facts_.row.entry;
    const auto title =
        texts_.sentence("evidence.title", {{"number", entry.number}, {"sender", entry.sender.name}});
    out_ = render::openPage(title, "Postgång", facts_.language, std::string(style_rules)) + "<main>";
    element("h1", title);
    element("p", texts_.sentence("evidence.about", {{"sender", entry.sender.name},
                                                    {"receiver", entry.receiver.name},
                                                    {"at", shown(facts_.madeAt)}}));
    files();
    timeline();
    how();
    return std::move(out_) + "</main></body></html>\n";
  }

 private:
  void element(const std::string& name, std::string_view text) {
    out_ += "<" + name + ">" + render::escapedHtml(text) + "</" + name + ">";
  }
  void cell(std::string_view text, const char* attributes = "") {
    out_ += std::string("<td") + attributes + ">" + render::escapedHtml(text) + "</td>";
  }
  void headings(std::initializer_list<const char*> keys) {
    out_ += "<table><thead><tr>";
    for (const auto* key : keys) element("th", texts_.word(key));
    out_ += "</tr></thead><tbody>";
  }

  void files() {
    element("h2", texts_.word("evidence.files"));
    headings({"evidence.file", "evidence.what", "evidence.digest"});
    for (const auto& file : facts_.files) {
      out_ += "<tr>";
      cell(file.name);
      out_ += "<td>" + render::escapedHtml(texts_.word("evidence.proves." + file.proves));
      if (!file.about.empty()) out_ += "<br><small>" + render::escapedHtml(file.about) + "</small>";
      out_ += "</td><td><code>" + file.sha256 + "</code></td></tr>";
    }
    out_ += "</tbody></table>";
  }

  void timeline() {
    element("h2", texts_.word("evidence.timeline"));
    element("p", texts_.word("evidence.times"));
    headings({"evidence.time", "evidence.event", "evidence.by"});
    for (const auto& event : facts_.events) {
      out_ += "<tr>";
      cell(shown(event.at), " class=\"t\"");
      const auto name = std::string(document::name(event.type));
      const auto key = "event." + name + ".title";
      out_ += "<td>" + render::escapedHtml(texts_.has(key) ? texts_.word(key) : std::string_view(name));
      const auto detail = std::visit(Details{}, event.fact);
      if (!detail.empty()) out_ += "<br><small>" + render::escapedHtml(truncated(detail, 300)) + "</small>";
      out_ += "</td>";
      cell(event.actor.name.empty() ? std::string_view("Postgång") : std::string_view(event.actor.name));
      out_ += "</tr>";
    }
    out_ += "</tbody></table>";
  }

  void how() {
    element("h2", texts_.word("evidence.how"));
    for (const auto* key : {"evidence.chain", "evidence.command", "evidence.limits"})
      element("p", texts_.word(key));
    out_ += "<p><code>" + facts_.head + "</code></p>";
  }

  const EvidenceFacts& facts_;
  const Texts& texts_;
  std::string out_;
};

}  // namespace

std::string evidencePage(const EvidenceFacts& facts) {
  return Page(facts).make();
}

}  // namespace postgang::flow
