namespace FastSignatureCache.AspNetCore.Tests.Support;

/// <summary>Made-up snapshots.</summary>
internal static class Figures
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DistributionMetrics Wide = new(long.MaxValue, Math.PI, Math.PI, Math.PI, Math.PI, Math.PI);

    /// <summary>One of everything.</summary>
    public static SignatureCacheMetrics Full { get; } = new()
    {
        Hits = 3,
        Misses = 1,
        Corruptions = 1,
        Since = At,
        MissesByReason = new Dictionary<SignatureLookupStatus, long> { [SignatureLookupStatus.Expired] = 1 },
        CorruptionsByReason = new Dictionary<CorruptionReason, long> { [CorruptionReason.Reported] = 1 },
        Models = [new ModelMetrics("model", 3, 1, 1)],
        Removals = [new RemovalMetrics(RemovalReason.Capacity, 2, new(2, 12.5, 20, 20, 20, 20), new(2, 1, 3, 3, 3, 3))],
        RecentCorruptions = [new CorruptionEvent(At, "model", CorruptionReason.MalformedPut)],
        LookupNanoseconds = new(100, 80, 120, 300, 900, 5_000),
    };

    /// <summary>As long as a snapshot can be: every reason, and as many models as are told apart with names as long as they can be.</summary>
    public static SignatureCacheMetrics Fullest { get; } = Full with
    {
        Models = [.. Enumerable.Range(0, 33).Select(number => new ModelMetrics(LongName(number), long.MaxValue / 4, long.MaxValue / 4, long.MaxValue))],
        Removals = [.. Enum.GetValues<RemovalReason>().Select(reason => new RemovalMetrics(reason, long.MaxValue, Wide, Wide))],
        RecentCorruptions = [.. Enumerable.Range(0, 32).Select(number => new CorruptionEvent(At, LongName(number), CorruptionReason.MalformedPut))],
    };

    private static string LongName(int number) => number + new string('m', SignatureKey.MaxPartLength - 2);
}
