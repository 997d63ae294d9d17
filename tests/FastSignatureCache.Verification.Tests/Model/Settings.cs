namespace FastSignatureCache.Verification.Model;

/// <summary>The bounds of a cache that a program runs on.</summary>
/// <param name="Capacity">The most keys.</param>
/// <param name="MaxBytes">The most bytes.</param>
/// <param name="IsAdaptive">Whether those in use live longer.</param>
public sealed record Settings(int Capacity, long MaxBytes, bool IsAdaptive = false)
{
    /// <summary>In ticks. The longest, where it adapts.</summary>
    public const int TimeToLive = 100;

    private const int LeastTimeToLive = 40;

    /// <summary>Bounds that no generated program reaches.</summary>
    public static Settings Unbounded { get; } = new(1_000, 10_000_000);

    /// <summary>How long a signature lives that is put in nothing's place.</summary>
    public int FirstLife => IsAdaptive ? LeastTimeToLive : TimeToLive;

    /// <summary>The life that a use at that age begins.</summary>
    public int LifeFrom(int age) => Math.Clamp(8 * age / 5, FirstLife, TimeToLive);

    /// <summary>The life of what expires so long after its creation.</summary>
    public int LifeOf(int span) => Math.Clamp(8 * span / 13, FirstLife, TimeToLive);

    internal SignatureCache CreateCache(TimeProvider time) => new(
        new SignatureCacheOptions
        {
            Capacity = Capacity,
            MaxBytes = MaxBytes,
            MaxSignatureLength = Names.MaxSignatureLength,
            TimeToLive = TimeSpan.FromTicks(TimeToLive),
            MinTimeToLive = IsAdaptive ? TimeSpan.FromTicks(LeastTimeToLive) : null,
            CleanupInterval = Timeout.InfiniteTimeSpan,
        },
        time);
}
