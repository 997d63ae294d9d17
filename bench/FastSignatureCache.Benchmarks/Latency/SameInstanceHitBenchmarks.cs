using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <inheritdoc cref="SameInstanceHits"/>
public class SameInstanceHitBenchmarks : FloorBenchmarks<SameInstanceHits>;
