# Shared by ./run and ./test: quiet steps with progress, packages, the two builds. Sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
LOGS=$ROOT/build/log
mkdir -p "$LOGS"
export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1

say() { printf '%s\n' "$*"; }
stop_with() { printf '\n%s\n' "$*" >&2; exit 1; }

# step NAME WORDS COMMAND…: runs it quietly; its output goes to build/log/NAME.log and is shown only when it fails.
step() {
  local name=$1 words=$2 started=$SECONDS
  shift 2
  [ -t 1 ] && printf '  %s …' "$words"
  if "$@" >"$LOGS/$name.log" 2>&1; then
    [ -t 1 ] && printf '\r'
    printf '  %s (%d s)   \n' "$words" $((SECONDS - started))
  else
    [ -t 1 ] && printf '\n'
    tail -n 40 "$LOGS/$name.log" >&2
    stop_with "«$words» failed. The whole output is in build/log/$name.log. Put it right and start again: what is done is kept."
  fi
}

# The packages of a list that are not installed yet.
missing_packages() {
  local package
  grep -hv '^#' "$@" | while read -r package; do
    [ -n "$package" ] || continue
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || printf '%s\n' "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_packages() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    stop_with "This needs Debian 12 (apt). On another system install what scripts/packages-*.txt names and build with: cmake --preset release && cmake --build --preset release"
  local missing
  missing=$(missing_packages "$@")
  # Any Node with npm will do to fetch the portal's own; Debian's where there is none.
  command -v npm >/dev/null || missing="$missing nodejs npm"
  [ -n "${missing// /}" ] || return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    stop_with "These packages are missing and need root to install. As root: apt-get install $(echo $missing)"
  fi
  step packages-update "Reading Debian's package lists" as_root apt-get update -q
  step packages-install "Installing $(echo $missing | wc -w) Debian packages" \
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing
}

# OpenSSH's sshd for the demo world's print house, which starts its own on the loopback. Where the machine has none it is
# unpacked in build/sshd: nothing is installed, nothing is started. Without it the demo lays letters in a folder.
find_sshd() {
  local folder=$ROOT/build/sshd
  ! [ -x /usr/sbin/sshd ] || return 0
  if ! [ -x "$folder/usr/sbin/sshd" ]; then
    mkdir -p "$folder"
    (cd "$folder" && (apt-get download -q openssh-server || (as_root apt-get update -q && apt-get download -q openssh-server)) &&
      dpkg-deb -x openssh-server_*.deb .) >"$LOGS/sshd.log" 2>&1 || {
      say "  sshd could not be fetched (build/log/sshd.log): the demo's letters are laid in a folder, not sent over SFTP."
      return 0
    }
  fi
  # As root it hands what has no rights to do to a user of that name, which its package would have made.
  [ "$(id -u)" != 0 ] || getent passwd sshd >/dev/null || useradd --system --no-create-home --home-dir /run/sshd --shell /usr/sbin/nologin sshd
  export PATH=$PATH:$folder/usr/sbin
}

# Once per lock file. In web/ npm's node@22 comes along, which builds and tests the portal.
install_npm_packages() { # FOLDER…
  local folder stamp
  for folder in "$@"; do
    stamp=$folder/node_modules/.installed
    cmp -s "$folder/package-lock.json" "$stamp" 2>/dev/null && continue
    # Not `npm ci`: npm 11 refuses a lock file that leaves out optional packages for other platforms.
    (cd "$folder" && npm install --no-save --no-audit --no-fund --loglevel=error) && cp "$folder/package-lock.json" "$stamp" || return 1
  done
}

in_portal() { (cd web && PATH="$ROOT/web/node_modules/.bin:$PATH" "$@"); }

portal_is_current() {
  [ -f web/dist/index.html ] &&
    [ -z "$(find web/src web/index.html web/public web/scripts web/package-lock.json web/vite.config.ts texts design src/api/openapi.json \
      -newer web/dist/index.html -type f 2>/dev/null | head -n 1)" ]
}

build_portal() {
  portal_is_current || step portal "Building the portal" in_portal npm run --silent build
}

configure() { # PRESET
  [ -f "build/$1/build.ninja" ] || step "configure-$1" "Configuring ($1)" cmake --preset "$1"
}

build_release() { # TARGETS…
  configure release
  step build-release "Building Postgång" cmake --build --preset release --target "$@"
}
