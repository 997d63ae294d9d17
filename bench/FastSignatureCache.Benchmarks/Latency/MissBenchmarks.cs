using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <inheritdoc cref="Misses"/>
public class MissBenchmarks : FloorBenchmarks<Misses>;
