#include "net/static_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "net/encoding.h"

namespace postgang::net {
namespace {

namespace fs = std::filesystem;

const std::string script(4000, 'x');

StaticFiles portal() {
  return StaticFiles::of({{"/index.html", "<html>"},
                          {"/assets/index-BqXk3a1Z.js", script},
                          {"/assets/plain.css", "a{}"},
                          {"/assets/hello-internet.svg", "<svg/>"},
                          {"/favicon.ico", "icon"}},
                         securityHeaders())
      .value();
}

Reply ask(const StaticFiles& files, std::string path, Headers headers = {}, std::string method = "GET") {
  return files.serve(Request::of(std::move(method), std::move(path), std::move(headers)).value());
}

TEST(StaticFiles, ServesWhatWasLoaded) {
  const auto files = portal();
  const auto page = ask(files, "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.bytes(), "<html>");
  EXPECT_EQ(page.headers.get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.headers.get("Cache-Control"), "no-cache");
  EXPECT_NE(page.headers.get("Content-Security-Policy").find("default-src 'self'"), std::string::npos);
  EXPECT_EQ(page.headers.get("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(ask(files, "/favicon.ico").headers.get("Content-Type"), "image/x-icon");
}

TEST(StaticFiles, NamesWithAHashAreCachedForAYear) {
  const auto files = portal();
  EXPECT_EQ(ask(files, "/assets/index-BqXk3a1Z.js").headers.get("Cache-Control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(ask(files, "/assets/plain.css").headers.get("Cache-Control"), "no-cache");
  EXPECT_EQ(ask(files, "/assets/hello-internet.svg").headers.get("Cache-Control"), "no-cache");
}

TEST(StaticFiles, PathsOfThePortalsOwnGetItsPage) {
  const auto files = portal();
  EXPECT_EQ(ask(files, "/documents/0193-abc").bytes(), "<html>");
  for (auto missing : {"/missing.png", "/assets/missing", "/documents/a.b"})
    EXPECT_EQ(ask(files, missing).status, 404) << missing;
}

TEST(StaticFiles, NothingElseCanBeReached) {
  const auto files = portal();
  for (auto path : {"/..%2f..%2fetc%2fpasswd.x", "/assets%2findex-BqXk3a1Z.css", "/%5c..%5cboot.ini"})
    EXPECT_EQ(ask(files, path).status, 404) << path;
  EXPECT_EQ(ask(files, "/", {}, "POST").status, 405);
}

TEST(StaticFiles, AreCompressedOnceAndServedAsTheClientLikes) {
  const auto files = portal();
  const auto brotli = ask(files, "/assets/index-BqXk3a1Z.js", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(brotli.headers.get("Content-Encoding"), "br");
  EXPECT_EQ(brotli.headers.get("Vary"), "Accept-Encoding");
  EXPECT_EQ(decodeBody("br", brotli.bytes(), 10'000).value(), script);
  const auto again = ask(files, "/assets/index-BqXk3a1Z.js", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(again.shared, brotli.shared);
  const auto gzip = ask(files, "/assets/index-BqXk3a1Z.js", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(decodeBody("gzip", gzip.bytes(), 10'000).value(), script);
  const auto plain = ask(files, "/assets/index-BqXk3a1Z.js");
  EXPECT_EQ(plain.bytes(), script);
  EXPECT_FALSE(plain.headers.has("Content-Encoding"));
  EXPECT_NE(plain.headers.get("ETag"), brotli.headers.get("ETag"));
}

TEST(StaticFiles, WhatTheClientHasIsNotSentAgain) {
  const auto files = portal();
  const std::string etag(ask(files, "/").headers.get("ETag"));
  const auto reply = ask(files, "/", {{"If-None-Match", etag}});
  EXPECT_EQ(reply.status, 304);
  EXPECT_EQ(reply.bytes(), "");
  EXPECT_EQ(reply.headers.get("Cache-Control"), "no-cache");
}

class Folder {
 public:
  Folder() {
    char name[] = "/tmp/static_files_XXXXXX";
    path = mkdtemp(name);
  }
  ~Folder() { fs::remove_all(path); }
  void write(const fs::path& name, std::string_view content) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << content;
  }
  fs::path path;
};

TEST(StaticFiles, AFolderIsReadWithItsCompressedSiblingsAndNoLinks) {
  const Folder folder;
  folder.write("index.html", "<html>");
  folder.write("assets/app-12345678.js", script);
  folder.write("assets/app-12345678.js.br", brotlied(script, 11));
  folder.write("archive.gz", "not anybody's sibling");
  fs::create_symlink("/etc/passwd", folder.path / "passwd.txt");
  const auto files = StaticFiles::load(folder.path, {}).value();
  EXPECT_EQ(files.size(), 3u);
  EXPECT_EQ(ask(files, "/assets/app-12345678.js", {{"Accept-Encoding", "br"}}).bytes(), brotlied(script, 11));
  EXPECT_EQ(ask(files, "/assets/app-12345678.js.br").status, 404);
  EXPECT_EQ(ask(files, "/archive.gz").status, 200);
  EXPECT_EQ(ask(files, "/passwd.txt").status, 404);
}

TEST(StaticFiles, AFolderWithoutAPortalIsSaidToBe) {
  const Folder folder;
  EXPECT_EQ(StaticFiles::load(folder.path, {}).error().code, "static-folder-without-index");
  EXPECT_EQ(StaticFiles::load(folder.path / "none", {}).error().code, "static-folder-unreadable");
}

}  // namespace
}  // namespace postgang::net
