using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <inheritdoc cref="Mix"/>
public class MixBenchmarks : FloorBenchmarks<Mix>;
