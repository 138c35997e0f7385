#!/bin/sh
# Installs what the tests need from the system where it is missing and may be installed: a Chromium that they drive, a
# PostgreSQL that they start for themselves, a fixed-width font and cairo for pictures. Where it may not, says what to
# install; those tests are then skipped.
set -eu

cd "$(dirname "$0")/.."
missing=
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
[ -n "$missing" ] || exit 0

root=
if [ "$(id -u)" != 0 ]; then
  if has sudo && sudo -n true 2>/dev/null; then root="sudo -n"; else root=no; fi
fi
if [ "$root" != no ] && has apt-get; then
  echo "Installing$missing …"
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086 # two words on purpose: sudo and its option, and a list of packages
  if $root apt-get update -qq && $root apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
    exit 0
  fi
fi
echo "Not installed:$missing. The tests that need it are skipped; install it to run them." >&2
