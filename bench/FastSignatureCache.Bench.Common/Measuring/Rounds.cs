namespace FastSignatureCache.Bench.Measuring;

/// <summary>Measures several probes in turns.</summary>
/// <remarks>
/// In turns, so that whatever else the machine does disturbs all alike; and of each the fastest slice counts, which is the one that was
/// disturbed least: a disturbance can only add. What is left is the cost of the work itself, and the ratio of two such figures holds even
/// on a busy machine, where averages do not.
/// </remarks>
public static class Rounds
{
    /// <summary>Nanoseconds an operation, for each probe.</summary>
    public static double[] Fastest(IReadOnlyList<Probe> probes, int rounds)
    {
        foreach (var probe in probes)
        {
            probe.WarmUp();
        }

        var fastest = new double[probes.Count];
        Array.Fill(fastest, double.PositiveInfinity);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < probes.Count; i++)
            {
                fastest[i] = Math.Min(fastest[i], probes[i].Measure());
            }
        }

        return fastest;
    }
}
