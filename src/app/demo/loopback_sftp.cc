#include "app/demo/loopback_sftp.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"
#include "base/time.h"

namespace postgang::app::demo {

namespace {

namespace files = std::filesystem;

constexpr int tries_max = 3;  // the free port may be another's a moment later
constexpr std::int64_t patience_us = 10'000'000;
constexpr int between_looks_ms = 10;
constexpr std::size_t words_max = 300;

std::optional<std::string> programCalled(const std::string& name) {
  const char* path = std::getenv("PATH");
  const auto folders = std::string(path ? path : "") + ":/usr/sbin:/usr/bin";
  for (const auto folder : split(folders, ':')) {
    const auto file = std::string(folder) + "/" + name;
    const bool isWhole = folder.starts_with('/');  // as sshd demands, which starts itself anew
    if (isWhole && ::access(file.c_str(), X_OK) == 0) return file;
  }
  return std::nullopt;
}

// In a process group of its own, so that Ctrl-C is ours to answer; -1 where no process could be made.
pid_t startProcess(const std::vector<std::string>& command) {
  std::vector<char*> words;
  for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const auto parent = ::getpid();
  const auto process = ::fork();
  if (process != 0) return process;
  // Only what is safe between fork and exec: another thread may have held a lock.
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(127);
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, stream);
  ::execv(words.front(), words.data());
  ::_exit(127);
}

// Waits a moment for it.
bool hasEnded(pid_t process) {
  pollfd ending{static_cast<int>(::syscall(SYS_pidfd_open, process, 0)), POLLIN, 0};
  ::poll(&ending, 1, between_looks_ms);
  if (ending.fd >= 0) ::close(ending.fd);
  return ::waitpid(process, nullptr, WNOHANG) == process;
}

void waitFor(pid_t process) {
  while (::waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
  }
}

int freePort() {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = ::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(probe);
  return bound ? ntohs(address.sin_port) : 0;
}

std::string readAll(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

tl::unexpected<Problem> missing(const std::string& what) {
  return fail(ProblemKind::not_found, "sftp-server-missing", what + " is not installed.", {},
              "It comes with Debian's openssh-server.");
}

tl::unexpected<Problem> ended(const std::string& words) {
  return fail(ProblemKind::unavailable, "sftp-server-ended",
              "The SFTP server ended: " + truncated(withoutControls(words), words_max));
}

Outcome makeKeys(const std::string& keys) {
  const auto maker = programCalled("ssh-keygen");
  if (!maker) return missing("ssh-keygen");
  for (const char* name : {"host", "client"}) {
    const auto file = keys + "/" + name;
    if (files::exists(file) && files::exists(file + ".pub")) continue;
    std::error_code none;
    files::remove(file, none);  // half of a pair, from a start that was cut
    const auto process = startProcess({*maker, "-q", "-t", "ed25519", "-N", "", "-C", "demo", "-f", file});
    if (process > 0) waitFor(process);
    if (!files::exists(file + ".pub"))
      return fail(ProblemKind::unavailable, "file-unwritable", "No key could be written.", file);
  }
  return {};
}

// "ssh-ed25519 AAAA… demo" → "SHA256:…", as ssh-keygen -l says it.
std::optional<std::string> fingerprintIn(const std::string& publicKeyFile) {
  const auto text = readAll(publicKeyFile);
  const auto parts = split(text, ' ');
  const auto blob = parts.size() < 2 ? std::nullopt : fromBase64(parts[1]);
  if (!blob) return std::nullopt;
  auto fingerprint = "SHA256:" + base64(view(sha256(*blob)));
  while (fingerprint.ends_with('=')) fingerprint.pop_back();
  return fingerprint;
}

std::vector<std::string> commandFor(const std::string& program, const std::string& keys, int port) {
  std::vector<std::string> command = {program, "-D", "-f", "/dev/null", "-E", keys + "/log"};
  const std::vector<std::string> options = {"ListenAddress=127.0.0.1",
                                            "Port=" + std::to_string(port),
                                            "HostKey=" + keys + "/host",
                                            "AuthorizedKeysFile=" + keys + "/client.pub",
                                            "AuthenticationMethods=publickey",
                                            "PermitRootLogin=prohibit-password",
                                            "UsePAM=no",
                                            "StrictModes=no",
                                            "PidFile=none",
                                            "LogLevel=ERROR",
                                            "DisableForwarding=yes",
                                            "PermitTTY=no",
                                            "PermitUserRC=no",
                                            "Subsystem=sftp internal-sftp",
                                            "ForceCommand=internal-sftp"};
  for (const auto& option : options) command.insert(command.end(), {"-o", option});
  return command;
}

}  // namespace

Result<std::unique_ptr<LoopbackSftp>> LoopbackSftp::start(const std::string& folder,
                                                          const std::string& keys) {
  const auto program = programCalled("sshd");
  if (!program) return missing("sshd");
  std::error_code failed;
  files::create_directories(folder, failed);
  files::create_directories(keys, failed);
  files::permissions(keys, files::perms::owner_all, failed);
  if (failed)
    return fail(ProblemKind::unavailable, "file-unwritable", "The folder cannot be written to.", keys);
  CHECK_OK(makeKeys(keys));
  if (::geteuid() == 0) ::mkdir("/run/sshd", 0755);  // where sshd confines the half of it that has no rights
  std::unique_ptr<LoopbackSftp> server(new LoopbackSftp);
  Outcome started;
  for (int tried = 0; tried < tries_max; ++tried) {
    started = server->run(*program, folder, keys, freePort());
    if (started) return server;
    if (started.error().code != "sftp-server-ended") break;
  }
  return fail(std::move(started.error()));
}

Outcome LoopbackSftp::run(const std::string& program, const std::string& folder, const std::string& keys,
                          int port) {
  const auto* user = ::getpwuid(::geteuid());
  const auto fingerprint = fingerprintIn(keys + "/host.pub");
  if (!user || !fingerprint) return ended("there is no user or no key to run it with");
  access_.url = "sftp://" + std::string(user->pw_name) + "@127.0.0.1:" + std::to_string(port) + folder;
  access_.keyFile = keys + "/client";
  access_.hostKeys = {*fingerprint};
  TRY(const auto drop, net::FileDrop::at(access_));
  std::error_code none;
  files::remove(keys + "/log", none);
  process_ = startProcess(commandFor(program, keys, port));
  if (process_ < 0) return ended("no process could be made");

  const auto until = monotonicMicroseconds() + patience_us;
  for (;;) {
    const auto listed = drop.list("");
    if (listed) return {};
    if (hasEnded(process_)) {
      process_ = -1;
      return ended(readAll(keys + "/log"));
    }
    if (listed.error().code != "drop-unreachable" || monotonicMicroseconds() > until)
      return fail(listed.error());
  }
}

LoopbackSftp::~LoopbackSftp() {
  if (process_ <= 0) return;
  ::kill(process_, SIGTERM);
  waitFor(process_);
}

}  // namespace postgang::app::demo
