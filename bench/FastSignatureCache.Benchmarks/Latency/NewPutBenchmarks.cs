using BenchmarkDotNet.Attributes;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Latency;

/// <inheritdoc cref="NewPuts"/>
[InvocationCount(NewPuts.SentKeys / Traffic.Batch, unrollFactor: 1)]
public class NewPutBenchmarks : FloorBenchmarks<NewPuts>
{
    // After one pass the keys are no longer new.
    [IterationSetup]
    public void Renew() => StartAgain();
}
