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

    /// <summary>
    /// How long a signature is kept that nobody asks for, where those in use live longer: see <see cref="MaxTimeToLive"/>. This value must be
    /// greater than zero, at most 3,650 days, and not above <see cref="MaxTimeToLive"/>; null stands for <see cref="TimeToLive"/>. The default
    /// value is null.
    /// </summary>
    public TimeSpan? MinTimeToLive { get; set; }

    /// <summary>
    /// The longest that a signature is kept after it was last put or asked for. This value must be greater than zero, at most 3,650 days, and
    /// not below <see cref="MinTimeToLive"/>; null stands for <see cref="TimeToLive"/>. The default value is null.
    /// </summary>
    /// <remarks>
    /// <para>
    /// With this or <see cref="MinTimeToLive"/> set, the time to live adapts. A signature lives the minimum at first. A look-up that finds it in the
    /// second half of its life begins a new one of 8/5 of the signature's age: with <c>age = now - CreatedAt</c> it expires
    /// <c>clamp(8/5 * age, minimum, maximum)</c> after that look-up. Look-ups in the first half change nothing. What is put in the place of a live
    /// signature lives as long from then on, with the age of the one that it replaces, and never less than that one would have. So a signature never expires later
    /// than the maximum after it was last put or asked for, and without an <see cref="ISignatureRefresher"/> one that is asked for again within half the minimum
    /// each time never expires. Under how many names one was put, those that a look-up is given together are renewed together.
    /// </para>
    /// <para>
    /// The life that a signature is in follows from <see cref="CachedSignature.CreatedAt"/> and <see cref="CachedSignature.ExpiresAt"/>, so that it
    /// survives in a store: with <c>span = ExpiresAt - CreatedAt</c> it is <c>clamp(8/13 * span, minimum, maximum)</c>. With both null every
    /// signature lives <see cref="TimeToLive"/>, asked for or not. The same value for both is a sliding expiration. What a store returns keeps
    /// the expiry that it had, also one that was put under other settings.
    /// </para>
    /// </remarks>
    public TimeSpan? MaxTimeToLive { get; set; }

    /// <summary>
    /// The most calls of the <see cref="ISignatureRefresher"/> at one time. This value must be between 1 and 1,000. The default value is 4. Without a
    /// refresher it says nothing.
    /// </summary>
    public int MaxConcurrentRefreshes { get; set; } = 4;

    /// <summary>
    /// The most signatures that wait to be refreshed. One that finds no place asks again when it is looked up later. This value must be
    /// between 1 and 1,000,000. The default value is 10,000. Without a refresher it says nothing.
    /// </summary>
    public int MaxQueuedRefreshes { get; set; } = 10_000;

    /// <summary>The forms of signature that are accepted. The default value is <see cref="SignatureFormat.Any"/>.</summary>
    public SignatureFormat Format { get; set; } = SignatureFormat.Any;

    /// <summary>
    /// How often expired entries are removed in the background. This value must be between 1 second and 1 day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for never (an expired entry never answers, but takes room until it is asked for or evicted).
    /// The default value is 1 minute.
    /// </summary>
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromMinutes(1);
}
