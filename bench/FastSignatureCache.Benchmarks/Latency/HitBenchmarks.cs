using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <inheritdoc cref="Hits"/>
public class HitBenchmarks : FloorBenchmarks<Hits>;
