// render: the display copy of a file, without a server.
#include "app/commands.h"
#include "app/files.h"
#include "formats/format.h"
#include "render/render.h"

namespace postgang::app {

namespace {

Result<int> run(const Settings& settings, Streams&) {
  if (settings.positional().size() != 1)
    return fail(ProblemKind::invalid, "argument-missing", "Name one file to render.", {}, "See --help.");
  TRY(const auto output, required(settings, "output"));
  TRY(const auto bytes, readFile(settings.positional().front()));
  TRY(const auto reading, formats::readDocument(bytes));
  std::string design;
  if (const auto& path = settings.text("design"); !path.empty()) {
    TRY(design, readFile(path));
  }
  TRY(const auto options, render::renderOptions(reading.document, settings.text("channel"), design,
                                                settings.text("language"), settings.text("format")));
  TRY(const auto copy, render::render(reading.document, options));
  CHECK_OK(writeFile(output, copy));
  return exit_good;
}

}  // namespace

Command renderCommand() {
  return {"render",
          "FILE",
          {flag("channel", "email|print|bank", "email"), flag("design", "FILE"), flag("language", "sv|en"),
           flag("format", "pdf|html", "pdf"), flag("output", "FILE")},
          run};
}

}  // namespace postgang::app
