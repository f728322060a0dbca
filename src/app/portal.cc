#include "app/portal.h"

#include <filesystem>
#include <memory>

#include "app/words.h"
#include "base/log.h"
#include "net/static_files.h"

namespace postgang::app {

namespace {

namespace fs = std::filesystem;

fs::path besideTheProgram() {
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : program.parent_path() / "portal";
}

fs::path foundPortal() {
  std::error_code error;
  for (const fs::path& folder : {besideTheProgram(), fs::path(POSTGANG_SOURCE_DIR) / "web" / "dist"})
    if (!folder.empty() && fs::is_regular_file(folder / "index.html", error)) return folder;
  return {};
}

net::Reply noPortal(const net::Request&) {
  return net::Reply::problem(Problem{ProblemKind::not_found,
                                     "portal-missing",
                                     "The portal is not built into this installation; the API is at /api/v1.",
                                     {},
                                     "Build web/ and name its folder with --portal.",
                                     {}});
}

}  // namespace

net::Handler portalHandler(const std::string& folder) {
  const auto path = folder.empty() ? foundPortal() : fs::path(folder);
  auto files = path.empty() ? Result<net::StaticFiles>(fail(ProblemKind::not_found, "portal-missing",
                                                            "No built portal was found."))
                            : net::StaticFiles::load(path, net::securityHeaders());
  if (!files) {
    log::warning("serving without the portal", {{"folder", path.string()}, {"detail", files.error().detail}});
    return noPortal;
  }
  auto shared = std::make_shared<const net::StaticFiles>(std::move(*files));
  return [shared](const net::Request& request) { return shared->serve(request); };
}

}  // namespace postgang::app
