using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <inheritdoc cref="SpanHits"/>
public class SpanHitBenchmarks : FloorBenchmarks<SpanHits>;
