#!/usr/bin/env bash
# Installs what the tests need, checks the form of the code, builds it, runs every test, and measures how much of src/ they cover.
# The last line is always `N passed, N failed, N skipped`. Exit code 0 only when everything is well.
set -uo pipefail
cd "$(dirname "$0")/.."

readonly MIN_COVERAGE=90
readonly RESULTS=artifacts/tests
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# One compiler that stays for all builds, those of tests too, saves most of their time. Its pipe has a name of this run's own, so that it ends no one else's.
export UseSharedCompilation=true SharedCompilationId="fast-signature-cache-$$"
trap 'pkill -f -- "-pipename:$SharedCompilationId"' EXIT
trap 'trap - INT TERM; kill 0' INT TERM

# They compute for minutes and look at no clock, so they run beside the others and get the processor's time that those leave.
readonly BACKGROUND=(Interleavings Packaging)
# Nothing of src/ runs in them, or in their test process, that others don't run too; counting lines would only make them slower.
readonly UNCOUNTED=(Benchmarks Durability Interleavings Packaging Samples Verification)

faults=()

say() { printf '\n== %s\n' "$*"; }

# step NAME COMMAND...: what fails is remembered, so that one run tells everything that is wrong.
step() {
    local name=$1 result=0 began=$SECONDS
    shift
    say "$name"
    "$@" || result=1
    printf -- '-- %s took %d s\n' "$name" $((SECONDS - began))
    ((result == 0)) || faults+=("$name")
    return "$result"
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
    install_programs chromium:chromium gcc:gcc pkill:procps redis-server:redis-server redis-cli:redis-tools &&
        dotnet tool restore &&
        dotnet restore FastSignatureCache.sln
}

# among NAME NAMES...: whether it is one of them.
among() {
    [[ -n $1 && " ${*:2} " == *" $1 "* ]]
}

# test_projects NAMES...: one after the other. What one says is shown in one piece when it has ended.
test_projects() {
    local name project coverage began result failed=0
    for name in "$@"; do
        project=FastSignatureCache.${name:+$name.}Tests
        coverage=(--settings tests/coverage.runsettings --collect "XPlat Code Coverage")
        ! among "$name" "${UNCOUNTED[@]}" || coverage=()
        began=$SECONDS result=passed
        dotnet test "tests/$project/$project.csproj" -c Release --no-build --nologo "${coverage[@]}" \
            --logger "trx;LogFileName=$project.trx" --results-directory "$RESULTS/$project" >"$RESULTS/$project.log" 2>&1 ||
            { result=FAILED failed=1; }
        # A project that finds no test says so, and is content.
        grep -qsE '<Counters total="[1-9]' "$RESULTS/$project/$project.trx" || result=FAILED failed=1
        echo "-- $project $result after $((SECONDS - began)) s" >>"$RESULTS/$project.log"
        flock "$RESULTS" cat "$RESULTS/$project.log"
    done
    return "$failed"
}

run_tests() {
    local project name others=() failed=0
    mkdir -p "$RESULTS"
    for project in tests/*.Tests; do
        name=${project#tests/FastSignatureCache.}
        name=${name%Tests}
        among "${name%.}" "${BACKGROUND[@]}" || others+=("${name%.}")
    done
    (chrt --idle --pid 0 "$BASHPID" && test_projects "${BACKGROUND[@]}") &
    test_projects "${others[@]}" || failed=1
    wait "$!" || failed=1
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
# Spaces, and what no build looks at: the order of usings, and needless qualifiers (IDE0003). All other rules of .editorconfig are errors of the build.
step "Form of the code" dotnet format FastSignatureCache.sln --verify-no-changes --no-restore --severity warn --diagnostics IMPORTS IDE0003
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
