namespace FastSignatureCache.Bench.Measuring;

/// <summary>
/// Arithmetic that touches no memory: what the machine itself lets several threads do. Where two threads don't do twice the work of one
/// here, because others use the machine too, no cache's figure means anything.
/// </summary>
public sealed class ArithmeticScalingProbe() : ScalingProbe("The machine itself: arithmetic")
{
    private const int Steps = 10_000;

    /// <inheritdoc/>
    public override double Measure(int threads, TimeSpan length) => Crowd.Throughput(threads, length, Steps, static (thread, call) =>
    {
        var state = (ulong)(thread + call) | 1;
        for (var i = 0; i < Steps; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
        }

        GC.KeepAlive(state == 0 ? "" : null);
    });
}
