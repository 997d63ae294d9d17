namespace FastSignatureCache;

/// <summary>The settings of a <see cref="SignatureCache"/>. All are checked together, and all faults are named at once.</summary>
public sealed class SignatureCacheOptions
{
    /// <summary>The most keys that are kept. This value must be between 1 and 100,000,000. The default value is 1,000.</summary>
    public int Capacity { get; set; } = 1_000;

    /// <summary>
    /// The most memory that all entries may take together, in bytes as estimated by <see cref="ISignatureCache.EstimatedBytes"/>.
    /// This value must be at least 1,024. The default value is 67,108,864 (64 MiB).
    /// </summary>
    public long MaxBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>
    /// The longest signature that is accepted, in characters. This value must be between 1 and 1,000,000,000.
    /// The default value is 4,194,304 (4 Mi): signatures on image parts have 1 to 2 million characters.
    /// </summary>
    public int MaxSignatureLength { get; set; } = 4 * 1024 * 1024;

    /// <summary>
    /// How long a signature is kept after it was put. This value must be greater than zero and at most 3,650 days.
    /// The default value is 7 days.
    /// </summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The forms of signature that are accepted. The default value is <see cref="SignatureFormat.Any"/>.</summary>
    public SignatureFormat Format { get; set; } = SignatureFormat.Any;

    /// <summary>
    /// How often expired entries are removed in the background. This value must be between 1 second and 1 day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for never (an expired entry never answers, but takes room until it is asked for or evicted).
    /// The default value is 1 minute.
    /// </summary>
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromMinutes(1);
}
