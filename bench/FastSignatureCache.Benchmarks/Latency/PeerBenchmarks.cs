using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <summary>The engine and its bounded peers under one workload. Each derived class adds the floor that belongs to it.</summary>
[Config(typeof(LatencyConfig))]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls CleanUp.")]
public abstract class PeerBenchmarks<TWorkload>
    where TWorkload : struct, IWorkload
{
    private Traffic _traffic = null!;
    private Holder _holder = null!;
    private int _next;

    /// <summary>How full the cache is, and with what.</summary>
    [ParamsSource(nameof(Shapes))]
    public Shape Shape { get; set; } = null!;

    public IEnumerable<Shape> Shapes => Shape.All;

    [GlobalSetup(Target = nameof(SignatureCache))]
    public void SetUpSignatureCache() => SetUp<SignatureCacheContender>();

    [Benchmark(Description = "FastSignatureCache", OperationsPerInvoke = Traffic.Batch)]
    public int SignatureCache() => Run<SignatureCacheContender>();

    [GlobalSetup(Target = nameof(FastConcurrentLru))]
    public void SetUpFastConcurrentLru() => SetUp<FastConcurrentLruContender>();

    [Benchmark(OperationsPerInvoke = Traffic.Batch)]
    public int FastConcurrentLru() => Run<FastConcurrentLruContender>();

    [GlobalSetup(Target = nameof(ConcurrentTLru))]
    public void SetUpConcurrentTLru() => SetUp<ConcurrentTLruContender>();

    [Benchmark(OperationsPerInvoke = Traffic.Batch)]
    public int ConcurrentTLru() => Run<ConcurrentTLruContender>();

    [GlobalSetup(Target = nameof(ConcurrentLfu))]
    public void SetUpConcurrentLfu() => SetUp<ConcurrentLfuContender>();

    [Benchmark(OperationsPerInvoke = Traffic.Batch)]
    public int ConcurrentLfu() => Run<ConcurrentLfuContender>();

    [GlobalSetup(Target = nameof(MemoryCache))]
    public void SetUpMemoryCache() => SetUp<MemoryCacheContender>();

    [Benchmark(OperationsPerInvoke = Traffic.Batch)]
    public int MemoryCache() => Run<MemoryCacheContender>();

    [GlobalSetup(Target = nameof(FusionCache))]
    public void SetUpFusionCache() => SetUp<FusionCacheContender>();

    [Benchmark(OperationsPerInvoke = Traffic.Batch)]
    public int FusionCache() => Run<FusionCacheContender>();

    [GlobalSetup(Target = nameof(HybridCache))]
    public void SetUpHybridCache() => SetUp<HybridCacheContender>();

    [Benchmark(OperationsPerInvoke = Traffic.Batch)]
    public int HybridCache() => Run<HybridCacheContender>();

    [GlobalSetup(Target = nameof(LockedLru))]
    public void SetUpLockedLru() => SetUp<LockedLruContender>();

    [Benchmark(Description = "Locked linked-list LRU", OperationsPerInvoke = Traffic.Batch)]
    public int LockedLru() => Run<LockedLruContender>();

    [GlobalCleanup]
    public void CleanUp() => _holder.Dispose();

    protected void SetUp<TContender>()
        where TContender : struct, IContender<TContender>
    {
        _traffic = TWorkload.Prepare(new Corpus(seed: 1), Shape.Entries, Shape.SignatureLength);
        _holder = new Holder.Of<TContender>(_traffic);
    }

    /// <summary>Makes a cache as it was at first.</summary>
    protected void StartAgain()
    {
        _holder.Refill(_traffic);
        _next = 0;
    }

    // One cast for a thousand operations: the loop itself is compiled for the contender's own type.
    protected int Run<TContender>()
        where TContender : struct, IContender<TContender>
    {
        ref var contender = ref Unsafe.As<Holder.Of<TContender>>(_holder).Contender;
        return TWorkload.Run(ref contender, _traffic.BatchAt(_next++), _traffic.Signatures);
    }
}
