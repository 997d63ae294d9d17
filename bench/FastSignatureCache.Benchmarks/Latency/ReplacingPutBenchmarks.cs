using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <inheritdoc cref="ReplacingPuts"/>
public class ReplacingPutBenchmarks : FloorBenchmarks<ReplacingPuts>;
