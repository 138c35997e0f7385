#!/bin/sh
# Pins everything with hashes for every platform: constraints.txt for program and tests, requirements.txt for what
# alone is needed to run the program. Names no index: where packages come from is the machine's own setting.
# With --upgrade newer releases are taken.
set -eu
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3}" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv==0.13.9

compile() {
  "$tools/bin/uv" pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make pins" --quiet "$@"
}
echo hatchling > "$tools/build.in" # builds the package on the spot, see scripts/venv.sh
compile pyproject.toml --extra test --output-file constraints.txt "$@"
compile pyproject.toml "$tools/build.in" --constraints constraints.txt --output-file requirements.txt
