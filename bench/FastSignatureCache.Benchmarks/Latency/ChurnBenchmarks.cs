using BenchmarkDotNet.Attributes;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <inheritdoc cref="Churn"/>
/// <remarks>
/// A full MemoryCache refuses what is put and makes room in the background, and with it FusionCache and HybridCache: much of what they do
/// here is to refuse.
/// </remarks>
public class ChurnBenchmarks : PeerBenchmarks<Churn>
{
    [GlobalSetup(Target = nameof(Floor))]
    public void SetUpFloor() => SetUp<FifoDictionaryContender>();

    [Benchmark(Baseline = true, Description = "Floor: ConcurrentDictionary and a queue", OperationsPerInvoke = Traffic.Batch)]
    public int Floor() => Run<FifoDictionaryContender>();
}
