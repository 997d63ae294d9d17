namespace FastSignatureCache.Bench.Throughput.RedisNode;

/// <summary>What a number of requests took.</summary>
internal sealed record Measured(long Requests, TimeSpan Elapsed, NodeReading Before, NodeReading After)
{
    public double Rate => Requests / Elapsed.TotalSeconds;

    /// <summary>How much of one core the server's main thread had.</summary>
    public double CoreShare => Of(static reading => reading.CpuSeconds) / Elapsed.TotalSeconds;

    public double CpuMicrosecondsEach => Each(static reading => reading.CpuSeconds) * 1e6;

    /// <summary>How much of something there is more now, for each request.</summary>
    public double Each(Func<NodeReading, double> figure) => Of(figure) / Requests;

    private double Of(Func<NodeReading, double> figure) => figure(After) - figure(Before);
}
