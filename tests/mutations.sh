#!/usr/bin/env bash
# Shows that the verification bites: applies each fault under tests/mutations to a copy of the repository, runs the verification there, and
# prints which tests caught it. Fails when a fault survives, or when the verification fails without any. Takes the names of faults, or all.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
unset FSC_VERIFY_MINUTES
projects=(tests/FastSignatureCache.Verification.Tests tests/FastSignatureCache.Interleavings.Tests)

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- --ignore-failed-read 2> /dev/null | tar -x -C "$copy"
cd "$copy"

# Prints the names of the tests that fail. A fault that doesn't compile proves nothing.
failures() {
    local project
    for project in "${projects[@]}"; do
        dotnet build "$project" --verbosity quiet > build.log 2>&1 || { cat build.log >&2; exit 2; }
        { dotnet test "$project" --no-build 2>&1 || true; } | sed -nE 's/^  Failed FastSignatureCache\.([^ ]+\.)?([^. ]+\.[^. ]+) .*/\2/p'
    done
}

echo "Without a fault ..." >&2
if [ -n "$(failures)" ]; then
    echo "The verification fails without any fault." >&2
    exit 1
fi

survived=0
table=$'| fault | caught by |\n|---|---|'
for patch in "$repository"/tests/mutations/*.patch; do
    fault=$(basename "$patch" .patch)
    [ $# -eq 0 ] || [[ " $* " == *" $fault "* ]] || continue
    echo "$fault ..." >&2
    git apply "$patch"
    caught=$(failures)
    git apply --reverse "$patch"
    if [ -z "$caught" ]; then
        caught="**nothing: it survived**"
        survived=1
    fi
    table+=$'\n'"| ${fault#*-} | ${caught//$'\n'/, } |"
done
echo "$table"
exit $survived
