#!/bin/sh
# Installs what the tests need from the system where it is missing and may be installed: a Chromium that they drive, a
# PostgreSQL and an OpenSSH that they start for themselves, a fixed-width font and cairo for pictures. Where it may not,
# says what to install; those tests are then skipped.
set -eu

cd "$(dirname "$0")/.."
missing=
# shellcheck disable=SC2086 # sudo and its option
install() { [ $# = 0 ] || $root apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
unpack_sshd() {
  mkdir -p "$sshd/packages" && (cd "$sshd/packages" && apt-get download -qq openssh-server libwrap0 2>/dev/null &&
    for one in *.deb; do dpkg-deb -x "$one" ..; done)
}
has() { command -v "$1" >/dev/null 2>&1; }
has chromium || has chromium-browser || has google-chrome || [ -d "/Applications/Google Chrome.app" ] ||
  [ -d "/Applications/Chromium.app" ] || missing="$missing chromium"
has initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
if [ "$(uname -s)" = Linux ]; then
  # asked of the loader itself: ldconfig is not on every PATH
  .venv/bin/python -c 'import ctypes; ctypes.CDLL("libcairo.so.2")' 2>/dev/null || missing="$missing libcairo2"
  find /usr/share/fonts /usr/local/share/fonts -name 'DejaVuSansMono.ttf' 2>/dev/null | grep -q . ||
    missing="$missing fonts-dejavu-core"
  has cc || has gcc || has clang || missing="$missing gcc libc6-dev" # the layer that forgets what was not synced
  has ip || missing="$missing iproute2"                               # a network that goes away
fi
has ssh-agent || missing="$missing openssh-client"
sshd=.venv/openssh # unpacked there rather than installed: an installed server would listen to the network from then on
has sshd || [ -x /usr/sbin/sshd ] || [ -x "$sshd/usr/sbin/sshd" ] || missing="$missing openssh-server"
[ -n "$missing" ] || exit 0

root=
if [ "$(id -u)" != 0 ]; then
  if has sudo && sudo -n true 2>/dev/null; then root="sudo -n"; else root=no; fi
fi
if [ "$root" != no ] && has apt-get; then
  echo "Installing$missing …"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # words on purpose: sudo and its option, and a list of packages
  if $root apt-get update -qq && install ${missing% openssh-server} &&
    { [ "$missing" = "${missing% openssh-server}" ] || unpack_sshd; }; then
    exit 0
  fi
fi
echo "Not installed:$missing. The tests that need it are skipped; install it to run them." >&2
