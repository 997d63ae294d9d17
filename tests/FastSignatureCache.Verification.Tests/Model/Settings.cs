namespace FastSignatureCache.Verification.Model;

/// <summary>The bounds of a cache that a program runs on.</summary>
/// <param name="Capacity">The most keys.</param>
/// <param name="MaxBytes">The most bytes.</param>
/// <param name="IsAdaptive">Whether those in use live longer.</param>
public sealed record Settings(int Capacity, long MaxBytes, bool IsAdaptive = false)
{
    /// <summary>In seconds. The longest, where it adapts.</summary>
    public const int TimeToLive = 100;

    private const int LeastTimeToLive = 40;

    /// <summary>Bounds that no generated program reaches.</summary>
    public static Settings Unbounded { get; } = new(1_000, 10_000_000);

    /// <summary>How long a signature lives that is put in nothing's place.</summary>
    public int FirstLife => IsAdaptive ? LeastTimeToLive : TimeToLive;

    /// <summary>The life of what expires so long after its creation: after so many renewals, each as late as can be, it could just be that far.</summary>
    public int LifeOf(int span)
    {
        var life = FirstLife;
        for (var reach = life; reach < span; reach += life)
        {
            life *= 2;
        }

        return span >= TimeToLive ? TimeToLive : Math.Min(life, TimeToLive);
    }

    internal SignatureCache CreateCache(TimeProvider time) => new(
        new SignatureCacheOptions
        {
            Capacity = Capacity,
            MaxBytes = MaxBytes,
            MaxSignatureLength = Names.MaxSignatureLength,
            TimeToLive = TimeSpan.FromSeconds(TimeToLive),
            MinTimeToLive = IsAdaptive ? TimeSpan.FromSeconds(LeastTimeToLive) : null,
            CleanupInterval = Timeout.InfiniteTimeSpan,
        },
        time);
}
