using System.Runtime.CompilerServices;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Measuring;

/// <summary>One contender under one workload.</summary>
public sealed class WorkloadProbe<TContender, TWorkload>(Traffic traffic) : Probe(TContender.Name)
    where TContender : struct, IContender<TContender>
    where TWorkload : struct, IWorkload
{
    private TContender _contender = Filled.With<TContender>(traffic);
    private int _next;

    /// <inheritdoc/>
    protected override int Operations => Traffic.Batch;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Run(int repetitions)
    {
        for (var i = 0; i < repetitions; i++)
        {
            TWorkload.Run(ref _contender, traffic.BatchAt(_next++), traffic.Signatures);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _contender.Dispose();
        base.Dispose(disposing);
    }
}
