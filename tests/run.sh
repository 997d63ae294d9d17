#!/usr/bin/env bash
# Installs what the tests need, checks the form of the code, builds it, runs every test, and measures how much of src/ they cover.
# The last line is always `N passed, N failed, N skipped`. Exit code 0 only when everything is well.
set -uo pipefail
cd "$(dirname "$0")/.."

readonly MIN_COVERAGE=90
readonly RESULTS=artifacts/tests
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

faults=()

say() { printf '\n== %s\n' "$*"; }

# step NAME COMMAND...: what fails is remembered, so that one run tells everything that is wrong.
step() {
    local name=$1
    shift
    say "$name"
    "$@" && return
    faults+=("$name")
    return 1
}

# System packages that tests start programs of, as `program:package`. Installed where missing.
install_programs() {
    local missing=() entry
    for entry in "$@"; do
        command -v "${entry%%:*}" >/dev/null || missing+=("${entry#*:}")
    done
    if ((${#missing[@]})); then
        local root=()
        [[ $(id -u) -eq 0 ]] || root=(sudo)
        "${root[@]}" apt-get update -q && "${root[@]}" apt-get install -y -q "${missing[@]}"
    fi
}

install() {
    install_programs chromium:chromium gcc:gcc kill:procps redis-server:redis-server redis-cli:redis-tools &&
        dotnet tool restore &&
        dotnet restore FastSignatureCache.sln
}

run_tests() {
    local project failed=0
    for project in tests/*.Tests/*.csproj; do
        dotnet test "$project" -c Release --no-build --nologo --settings tests/coverage.runsettings \
            --collect "XPlat Code Coverage" --logger "trx;LogFileName=$(basename "$project" .csproj).trx" \
            --results-directory "$RESULTS/$(basename "$project" .csproj)" || failed=1
    done
    return "$failed"
}

show_measurements() {
    grep -rhoE --include='*.trx' 'Measured: [^<]*' "$RESULTS" | sort -u
    return 0
}

check_coverage() {
    dotnet reportgenerator "-reports:$RESULTS/**/coverage.cobertura.xml" "-targetdir:$RESULTS/coverage" \
        "-assemblyfilters:+FastSignatureCache*;-*.Tests;-*.Conformance;-FastSignatureCache.Bench*;-FastSignatureCache.HitRate;-FastSignatureCache.Throughput" -filefilters:-*/obj/* -reporttypes:TextSummary -verbosity:Error || return 1
    local summary=$RESULTS/coverage/Summary.txt
    grep -E '^  (Line coverage|Covered lines|Coverable lines):' "$summary"
    grep -E '^FastSignatureCache' "$summary"
    awk -v min="$MIN_COVERAGE" '/^  Line coverage:/ { if ($3 + 0 < min) { print "Below " min " %."; exit 1 } }' "$summary"
}

# Sums an attribute of the counters of all test runs.
count() {
    find "$RESULTS" -name '*.trx' -exec grep -hoE '<Counters [^>]*>' {} + 2>/dev/null |
        grep -oE " $1=\"[0-9]+\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'
}

step "Restore" install
step "Form of the code" dotnet format FastSignatureCache.sln --verify-no-changes --no-restore --severity warn
rm -rf "$RESULTS"
# Without a build that is whole, yesterday's tests would run.
if step "Build" dotnet build FastSignatureCache.sln -c Release --no-restore --nologo -warnaserror; then
    step "Tests" run_tests
    step "Measurements" show_measurements
    step "Line coverage of src/" check_coverage
    # Takes a minute, and no ratio means much on a machine at which somebody works.
    [[ ${CI:-} != true ]] || step "Regression gate" dotnet run -c Release --no-build --project bench/FastSignatureCache.Benchmarks -- gate
fi

total=$(count total)
passed=$(count passed)
failed=$(count failed)
skipped=$((total - passed - failed))
((failed == 0)) || faults+=("$failed tests failed")
((skipped == 0)) || faults+=("$skipped tests were skipped")
((passed > 0)) || faults+=("No test ran")

say "${faults[*]:+Not well: }$(IFS=';' && echo "${faults[*]:-All is well}")"
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((${#faults[@]} == 0))
