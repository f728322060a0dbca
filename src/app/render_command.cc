// `postgang render`: the display copy of a file, without a server.
#include "render/render.h"

#include "app/command.h"
#include "app/file.h"
#include "formats/format.h"

namespace postgang::app {

namespace {

std::vector<Setting> settings() {
  return {{"channel", "email", "email, print, bank or readable", "CHANNEL"},
          {"design", "", "the sender's design, as JSON; else the plain one", "FILE"},
          {"language", "", "sv or en; else the design's, else the document's", "LANGUAGE"},
          {"format", "", "pdf or html; else pdf", "FORMAT"},
          {"output", "", "where to write it; - is standard output", "OUT"}};
}

Result<int> run(const Settings& settings) {
  if (settings.positional().size() != 1) return wrongUse("One FILE is rendered at a time.");
  TRY(const auto output, needed(settings, "output"));
  TRY(const auto bytes, readFile(settings.positional().front()));
  std::string design;
  if (settings.isSet("design")) {
    TRY(design, readFile(settings.text("design")));
  }
  TRY(const auto reading, formats::readDocument(bytes));
  TRY(const auto options, render::renderOptions(reading.document, settings.text("channel"), design,
                                                settings.text("language"), settings.text("format")));
  TRY(const auto copy, render::render(reading.document, options));
  CHECK_OK(writeFile(output, copy));
  return 0;
}

}  // namespace

const Command render_command{"render",
                             "FILE --channel email|print|bank [--design FILE] [--language sv|en] "
                             "[--format pdf|html] --output OUT",
                             "writes the display copy of a document", settings, run};

}  // namespace postgang::app
