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
        // Each thread has an order of its own: all ask for all keys, but not for the same one at the same moment.
        var batches = traffic.Sent.Length / Traffic.Batch;
        return Crowd.Throughput(threads, length, Traffic.Batch, (thread, call) =>
            TWorkload.Run(ref _contender, traffic.BatchAt(call + (thread * batches / threads)), traffic.Signatures));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _contender.Dispose();
        base.Dispose(disposing);
    }
}
