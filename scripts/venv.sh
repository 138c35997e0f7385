#!/bin/sh
# Makes .venv ready: `venv.sh run` with what the program needs, `venv.sh test` with what its checks need too.
# Does nothing when it is ready already; made anew when the checkout was moved or its Python is gone.
set -eu
cd "$(dirname "$0")/.."
case "${1:-}" in
  run) pins=requirements.txt ;;
  test) pins=constraints.txt ;;
  *) echo "usage: scripts/venv.sh run|test" >&2 && exit 2 ;;
esac

state="$(pwd) $(cat pyproject.toml requirements.txt constraints.txt | cksum)"
for ready in ".venv/.ready-$1" .venv/.ready-test; do
  if [ -x .venv/bin/python ] && [ "$(cat "$ready" 2>/dev/null)" = "$state" ]; then exit 0; fi
done

# its commands name the folder that it was made in
if [ "$(cat .venv/.made-in 2>/dev/null)" != "$(pwd)" ] ||
  ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  python=
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      python=$candidate
      break
    fi
  done
  if [ -z "$python" ]; then
    echo "plfacilitate needs Python 3.11 or newer with venv: install it (Debian: apt-get install python3-venv)," >&2
    echo "or name one: make PYTHON=/path/to/python3 …" >&2
    exit 1
  fi
  rm -rf .venv
  "$python" -m venv .venv
  pwd > .venv/.made-in
fi

echo "Setting up .venv (once; about half a minute) …"
rm -f .venv/.ready-*
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$pins"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
echo "$state" > ".venv/.ready-$1"
