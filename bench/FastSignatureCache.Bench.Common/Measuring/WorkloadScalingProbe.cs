using System.Runtime.CompilerServices;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Workloads;

namespace FastSignatureCache.Bench.Measuring;

/// <summary>One contender under one workload, on several threads.</summary>
public sealed class WorkloadScalingProbe<TContender, TWorkload>(Traffic traffic) : ScalingProbe(TContender.Name)
    where TContender : struct, IContender<TContender>
    where TWorkload : struct, IWorkload
{
    private TContender _contender = Filled.With<TContender>(traffic);

    /// <inheritdoc/>
    public override double Measure(int threads, TimeSpan length)
    {
        // Each thread begins elsewhere: all ask for all keys, but not for the same one at the same moment.
        var batches = traffic.Sent.Length / Traffic.Batch;
        return Crowd.Throughput(threads, length, Traffic.Batch, (thread, call) => RunBatch(call + (thread * batches / threads)));
    }

    // A method of its own, called often: compiled into a loop that runs once and long, it would be what on-stack replacement makes of it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunBatch(int index) => TWorkload.Run(ref _contender, traffic.BatchAt(index), traffic.Signatures);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _contender.Dispose();
        base.Dispose(disposing);
    }
}
