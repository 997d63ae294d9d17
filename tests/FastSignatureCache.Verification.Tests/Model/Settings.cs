namespace FastSignatureCache.Verification.Model;

/// <summary>The bounds of a cache that a program runs on.</summary>
public sealed record Settings(int Capacity, long MaxBytes)
{
    /// <summary>In seconds.</summary>
    public const int TimeToLive = 100;

    /// <summary>Bounds that no generated program reaches.</summary>
    public static Settings Unbounded { get; } = new(1_000, 10_000_000);

    internal SignatureCache CreateCache(TimeProvider time) => new(
        new SignatureCacheOptions
        {
            Capacity = Capacity,
            MaxBytes = MaxBytes,
            MaxSignatureLength = Names.MaxSignatureLength,
            TimeToLive = TimeSpan.FromSeconds(TimeToLive),
            CleanupInterval = Timeout.InfiniteTimeSpan,
        },
        time);
}
