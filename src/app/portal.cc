#include "app/portal.h"

#include <filesystem>
#include <memory>

#include "base/log.h"
#include "net/static_files.h"

namespace postgang::app {

namespace {

namespace fs = std::filesystem;

std::string portalFolder() {
  std::error_code missing;
  const auto program = fs::read_symlink("/proc/self/exe", missing);
  for (const auto& folder :
       {program.parent_path() / "portal", fs::path(POSTGANG_SOURCE_DIR) / "web" / "dist"})
    if (fs::is_regular_file(folder / "index.html", missing)) return folder.string();
  return "";
}

net::Reply noPortal(const net::Request& request) {
  if (request.path != "/") return net::Reply::text("There is no portal here.\n", 404);
  return net::Reply::text(
      "Postgång is running, without its portal. The interface is at /api/v1, described by "
      "/api/openapi.json.\nFor the portal, build it (./run --build) and start with --portal web/dist.\n");
}

}  // namespace

Result<net::Handler> portalHandler(const std::string& given) {
  const auto folder = given.empty() ? portalFolder() : given;
  if (folder.empty()) {
    log::warning("no portal was found; only the API is served");
    return net::Handler(noPortal);
  }
  TRY(auto files, net::StaticFiles::load(folder, net::securityHeaders()));
  const auto portal = std::make_shared<const net::StaticFiles>(std::move(files));
  return net::Handler([portal](const net::Request& request) { return portal->serve(request); });
}

}  // namespace postgang::app
