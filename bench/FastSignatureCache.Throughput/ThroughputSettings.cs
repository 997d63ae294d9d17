namespace FastSignatureCache.Bench.Throughput;

/// <summary>How long and how often is measured.</summary>
/// <param name="Rounds">How often each contender has its turn.</param>
/// <param name="Slice">How long a turn is.</param>
/// <param name="TailLength">How long look-ups are timed one by one, for each contender.</param>
internal sealed record ThroughputSettings(int Rounds, TimeSpan Slice, TimeSpan TailLength)
{
    public const int Entries = 1_000;
    public const int LargeEntries = 1_000_000;
    public const int SignatureLength = 400;

    /// <summary>One thread, two, four and so on, one for each processor, and twice as many as there are processors.</summary>
    public static IReadOnlyList<int> ThreadCounts { get; } = CountsFor(Environment.ProcessorCount);

    private static List<int> CountsFor(int processors)
    {
        var counts = new SortedSet<int> { processors, 2 * processors };
        for (var count = 1; count < processors; count *= 2)
        {
            counts.Add(count);
        }

        // The ratio of two threads to one is asked for, even where they share a processor.
        counts.UnionWith([1, 2]);
        return [.. counts];
    }
}
