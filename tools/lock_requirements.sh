#!/usr/bin/env bash
# Rewrites requirements-test.txt: every version and hash that CI and the README's test command install.
# Needs uv on the PATH. The file names no package index, so that it works behind any mirror.
set -euo pipefail
cd "$(dirname "$0")/.."
{
    echo "# Written by tools/lock_requirements.sh: what tests, linters and the build use. Don't edit by hand."
    uv pip compile pyproject.toml --all-extras --group dev --no-config --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet "$@"
} >requirements-test.txt.new
mv requirements-test.txt.new requirements-test.txt
