#!/usr/bin/env bash
# Installs what the tests need, then runs every one of them.
set -euo pipefail
cd "$(dirname "$0")/.."
