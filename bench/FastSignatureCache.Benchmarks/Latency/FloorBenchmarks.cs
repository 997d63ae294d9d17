using BenchmarkDotNet.Attributes;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <summary>A workload beside the floor, which is the baseline, and beside the same dictionary with a joined key.</summary>
public abstract class FloorBenchmarks<TWorkload> : PeerBenchmarks<TWorkload>
    where TWorkload : struct, IWorkload
{
    [GlobalSetup(Target = nameof(Floor))]
    public void SetUpFloor() => SetUp<FloorContender>();

    [Benchmark(Baseline = true, Description = "Floor: ConcurrentDictionary, key already joined", OperationsPerInvoke = Traffic.Batch)]
    public int Floor() => Run<FloorContender>();

    [GlobalSetup(Target = nameof(ConcurrentDictionary))]
    public void SetUpConcurrentDictionary() => SetUp<JoiningDictionaryContender>();

    [Benchmark(Description = "ConcurrentDictionary, joined key", OperationsPerInvoke = Traffic.Batch)]
    public int ConcurrentDictionary() => Run<JoiningDictionaryContender>();
}
