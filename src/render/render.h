// Display copies of a business document, by channel: what `GET /documents/{id}/copies/…`, the channels and
// `postgang render` call. Pure: the same arguments give the same bytes. Safe to call from many threads at
// once; each keeps its own fonts and shaped words (some megabytes).
//
//   TRY(const std::string pdf, renderPdf(document, design, Channel::print, languageFor(document, design)));
#pragma once

#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/text.h"
#include "document/business_document.h"
#include "render/channel.h"
#include "render/copy.h"
#include "render/design.h"
#include "render/fault_mark.h"

namespace postgang::render {

// With marks a copy shows its faults (fault_mark.h). Codes: copy-not-drawn (internal). `readable` has no
// pages: its PDF is the one of e-mail.
Result<std::string> renderPdf(const document::BusinessDocument& document, const Design& design,
                              Channel channel, Language language, const std::vector<FaultMark>& marks = {});

// The copy that goes into an envelope: as renderPdf's of Channel::print, with these lines in the window
// (none: the document's own). And on how many pages that is, without drawing them.
Result<std::string> renderLetterCopy(const document::BusinessDocument& document, const Design& design,
                                     Language language, const std::vector<std::string>& window);
Result<int> letterCopyPages(const document::BusinessDocument& document, const Design& design,
                            Language language, const std::vector<std::string>& window);

// A whole HTML page without script or reference out of itself; every text is escaped. Serve it with
// htmlContentSecurityPolicy(html).
Result<std::string> renderHtml(const document::BusinessDocument& document, const Design& design,
                               Channel channel, Language language, const std::vector<FaultMark>& marks = {});

// The value of the header Content-Security-Policy that the server must send with a page of renderHtml:
// nothing but the page's own style sheet (by digest), its embedded picture and fonts.
std::string htmlContentSecurityPolicy(std::string_view html);

// `postgang render FILE --channel … [--design …] [--language …] [--format …]`: the options as they are typed,
// "" where one is not given. `design` is the content of the design file.
struct RenderOptions {
  Channel channel = Channel::email;
  Design design;
  Language language = Language::swedish;
  bool html = false;  // else PDF
};
// Codes: render-channel-unknown, render-language-unknown, render-format-unknown, and a design's.
Result<RenderOptions> renderOptions(const document::BusinessDocument& document, std::string_view channel,
                                    std::string_view designJson, std::string_view language,
                                    std::string_view format);
Result<std::string> render(const document::BusinessDocument& document, const RenderOptions& options);

}  // namespace postgang::render
