#include "render/render.h"

#include <exception>
#include <type_traits>

#include "render/faults.h"
#include "render/html.h"
#include "render/layout.h"
#include "render/pdf.h"
#include "render/readable.h"

namespace postgang::render {

namespace {

// What is wrong with a machine (no fonts, no memory) is a Problem, too.
template <typename Draw>
std::invoke_result_t<Draw> guarded(Draw draw) {
  try {
    return draw();
  } catch (const std::exception& error) {
    return fail(ProblemKind::internal, "copy-not-drawn",
                std::string("The copy could not be drawn: ") + error.what());
  }
}

Layout letterLayout(const document::BusinessDocument& document, const Design& design, Language language,
                    const std::vector<std::string>& window) {
  Copy copy = copyOf(document, design, Channel::print, language);
  if (!window.empty()) copy.address = window;
  return layOut(copy, design);
}

}  // namespace

Result<std::string> renderPdf(const document::BusinessDocument& document, const Design& design,
                              Channel channel, Language language, const std::vector<FaultMark>& marks) {
  const Channel paged = channel == Channel::readable ? Channel::email : channel;
  return guarded([&]() -> Result<std::string> {
    return drawPdf(layOut(markedCopyOf(document, design, paged, language, marks).copy, design));
  });
}

Result<std::string> renderLetterCopy(const document::BusinessDocument& document, const Design& design,
                                     Language language, const std::vector<std::string>& window) {
  return guarded(
      [&]() -> Result<std::string> { return drawPdf(letterLayout(document, design, language, window)); });
}

Result<int> letterCopyPages(const document::BusinessDocument& document, const Design& design,
                            Language language, const std::vector<std::string>& window) {
  return guarded([&]() -> Result<int> {
    return static_cast<int>(letterLayout(document, design, language, window).pages.size());
  });
}

Result<std::string> renderHtml(const document::BusinessDocument& document, const Design& design,
                               Channel channel, Language language, const std::vector<FaultMark>& marks) {
  return guarded([&]() -> Result<std::string> {
    const Copy copy = markedCopyOf(document, design, channel, language, marks).copy;
    if (channel == Channel::readable) return readableHtml(copy, design);
    return drawHtml(layOut(copy, design));
  });
}

std::string htmlContentSecurityPolicy(std::string_view html) {
  return contentSecurityPolicy(html);
}

Result<RenderOptions> renderOptions(const document::BusinessDocument& document, std::string_view channel,
                                    std::string_view designJson, std::string_view language,
                                    std::string_view format) {
  RenderOptions options;
  const auto road = channelFromName(channel);
  if (!road)
    return fail(ProblemKind::invalid, "render-channel-unknown", "There is no copy for that channel.",
                "--channel", "Choose email, print, bank or readable.");
  options.channel = *road;
  if (!designJson.empty()) {
    TRY(options.design, designFromJson(designJson));
  }
  if (!language.empty() && language != "sv" && language != "en")
    return fail(ProblemKind::invalid, "render-language-unknown", "Copies are in Swedish or English.",
                "--language", "Choose sv or en.");
  options.language = language.empty() ? languageFor(document, options.design) : languageFromTag(language);
  if (!format.empty() && format != "pdf" && format != "html")
    return fail(ProblemKind::invalid, "render-format-unknown", "A copy is PDF or HTML.", "--format",
                "Choose pdf or html.");
  options.html = format == "html";
  return options;
}

Result<std::string> render(const document::BusinessDocument& document, const RenderOptions& options) {
  return options.html ? renderHtml(document, options.design, options.channel, options.language)
                      : renderPdf(document, options.design, options.channel, options.language);
}

}  // namespace postgang::render
