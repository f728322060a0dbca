// A print house's SFTP server for the demo world: OpenSSH's sshd, run as ourselves on a free port of the
// loopback, for one folder. Nothing but SFTP is answered, and only to a key that is made here beside the
// server's own; both lie in the folder `keys`, which only we can read. It is a child of this process and ends
// with it, also when this process is killed. The system's own sshd, running or not, is never touched.
//
// sshd confines a user to a folder only where root owns all of the path, which a data folder's need not be;
// whoever can read the key can read the folder anyway, so nothing is opened by that.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "net/file_drop.h"

namespace postgang::app::demo {

class LoopbackSftp {
 public:
  // To be called by a thread that lives as long as the process: the kernel ends the server with that one.
  // Signed in to and answering when it returns. `folder` and `keys` are absolute and are made where they are
  // missing. Codes: sftp-server-missing (not_found: OpenSSH's sshd or ssh-keygen is not installed; they are
  // looked for along PATH and in /usr/sbin), sftp-server-ended (unavailable; its words in `detail`),
  // file-unwritable, the drop's (net/file_drop.h).
  static Result<std::unique_ptr<LoopbackSftp>> start(const std::string& folder, const std::string& keys);
  ~LoopbackSftp();
  LoopbackSftp(const LoopbackSftp&) = delete;
  LoopbackSftp& operator=(const LoopbackSftp&) = delete;

  const net::DropAccess& access() const { return access_; }

 private:
  LoopbackSftp() = default;
  Outcome run(const std::string& program, const std::string& folder, const std::string& keys, int port);

  net::DropAccess access_;
  pid_t process_ = -1;
};

}  // namespace postgang::app::demo
