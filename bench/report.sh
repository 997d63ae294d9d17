#!/usr/bin/env bash
# Runs all measurements and writes their reports into perf-reports/DATE-NAME. Wants the machine for itself.
#   bench/report.sh NAME [--traces DIR] [--redis HOST:PORT] [--latency]
# --traces DIR  also replays recorded traces (format: FastSignatureCache.HitRate --help)
# --redis HOST:PORT  also measures that empty server (how to start one: FastSignatureCache.Throughput redis --help)
# --latency     also runs all of BenchmarkDotNet's benchmarks, which takes an hour or two
set -euo pipefail
cd "$(dirname "$0")/.."

name=${1:?"usage: bench/report.sh NAME [--traces DIR] [--redis HOST:PORT] [--latency]"}
shift
traces=() redis='' latency=false
while (($#)); do
  case $1 in
    --traces) traces=(--traces "${2:?"--traces takes a folder"}"); shift 2 ;;
    --redis) redis=${2:?"--redis takes a server"}; shift 2 ;;
    --latency) latency=true; shift ;;
    *) echo "unknown option: $1" >&2; exit 2 ;;
  esac
done

run() {
  local program=$1
  shift
  dotnet run -c Release --project "bench/FastSignatureCache.$program" -- "$@" --report "$name"
}

run Throughput
run Throughput store
if [[ $redis ]]; then run Throughput redis --connection "$redis"; fi
run GatewayOverhead
run Benchmarks memory
run HitRate "${traces[@]}"
if $latency; then run Benchmarks latency --filter '*'; fi

# Last, because it may fail, and what was measured should be kept even so.
run Benchmarks gate
