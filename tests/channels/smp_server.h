// smp_server.py, run by a test, with what it shall answer. `started()` is false where there is no python3:
// skip.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/channels/pki.h"

namespace postgang::channels::test {

class SmpServer {
 public:
  SmpServer() {
    std::string pattern = (std::filesystem::temp_directory_path() / "postgang-smp-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    clear();
    start();
  }
  ~SmpServer() {
    if (input_ >= 0) ::close(input_);  // which ends it
    if (output_ >= 0) ::close(output_);
    if (process_ > 0) ::waitpid(process_, nullptr, 0);
    std::filesystem::remove_all(folder_);
  }
  SmpServer(const SmpServer&) = delete;
  SmpServer& operator=(const SmpServer&) = delete;

  bool started() const { return port_ > 0; }
  std::string base() const { return "https://localhost:" + std::to_string(port_) + "/smp"; }
  int port() const { return port_; }

  void clear() {
    routes_.clear();
    bodies_ = 0;
    write();
  }
  // A whole URL of this server, and what comes of it.
  void answer(const std::string& url, const std::string& body) {
    const auto name = "body" + std::to_string(bodies_++);
    std::ofstream(folder_ / name, std::ios::binary) << body;
    behave(url, {{"file", name}});
  }
  void behave(const std::string& url, const boost::json::object& behaviour) {
    routes_[url.substr(url.find('/', 8))] = behaviour;
    write();
  }

 private:
  void write() const { std::ofstream(folder_ / "routes.json") << boost::json::serialize(routes_); }
  void start() {
    int in[2], out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return;
    const auto& pki = Pki::get();
    const auto script = std::string(POSTGANG_SOURCE_DIR) + "/tests/channels/smp_server.py";
    const auto certificate = pki.file("tls"), key = pki.file("tls", ".key"), folder = folder_.string();
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      ::execlp("python3", "python3", script.c_str(), folder.c_str(), certificate.c_str(), key.c_str(),
               nullptr);
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    output_ = out[0];
    std::string said;
    for (char c = 0; ::read(output_, &c, 1) == 1 && c != '\n';) said += c;
    std::from_chars(said.data(), said.data() + said.size(), port_);
  }

  std::filesystem::path folder_;
  boost::json::object routes_;
  pid_t process_ = -1;
  int input_ = -1, output_ = -1, port_ = 0, bodies_ = 0;
};

}  // namespace postgang::channels::test
