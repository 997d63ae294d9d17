namespace FastSignatureCache.Stores;

/// <summary>The settings of a <see cref="TieredSignatureCache"/>. All are checked together, and all faults are named at once.</summary>
public sealed class TieredSignatureCacheOptions
{
    /// <summary>When a signature counts as kept. The default value is <see cref="StoreDurability.WrittenThrough"/>.</summary>
    public StoreDurability Durability { get; set; } = StoreDurability.WrittenThrough;

    /// <summary>
    /// How long a prefetch waits for the store. This value must be between 1 millisecond and 1 minute. The default value is 50 ms.
    /// </summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long <see cref="ISignatureCache.CommitAsync"/> waits at most, and how long one batch may take before the store counts as
    /// degraded, after which nobody waits, and a batch may take as long as <see cref="ProbeInterval"/>, if that is longer. This value must be
    /// between 1 millisecond and 1 minute. The default value is 1 second: a busy disk can take hundreds of milliseconds to make a write safe,
    /// and to go on as if it were when it isn't is worse than to wait once.
    /// </summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a change that is written behind may wait for others to come with it in one batch. This value must be between 0 and
    /// 1 minute. The default value is 1 second. It says nothing where changes are written through.
    /// </summary>
    public TimeSpan WriteDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most changes in one batch. This value must be between 1 and 100,000. The default value is 500.</summary>
    public int MaxBatchSize { get; set; } = 500;

    /// <summary>
    /// The most changes that wait for the store, besides those of the batch that is being written. Beyond it the oldest are dropped and
    /// counted. This value must be between 1 and 10,000,000. The default value is 100,000.
    /// </summary>
    public int MaxQueuedChanges { get; set; } = 100_000;

    /// <summary>
    /// The most bytes of packed signatures that wait for the store. Beyond it the oldest changes are dropped and counted, but never the
    /// last. This value must be at least 1,024. The default value is 67,108,864 (64 MiB).
    /// </summary>
    public long MaxQueuedBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>
    /// How long the store is left alone after a failure before it is tried again, in the background; meanwhile no request waits for it.
    /// This value must be between 10 milliseconds and 1 hour. The default value is 1 second.
    /// </summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often the store is told to remove what has expired. This value must be between 1 second and 1 day, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for never. The default value is 10 minutes.
    /// </summary>
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a disposal waits for what is queued to reach the store, and after that once more for the store's own disposal. This
    /// value must be between 0 and 1 hour. The default value is 10 seconds.
    /// </summary>
    public TimeSpan DisposalTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The most conversations of which it is remembered that all of their signatures are in memory. A forgotten one is loaded again. It says
    /// nothing over an <see cref="ISharedSignatureStore"/>, where nothing can be known.
    /// This value must be between 3 and 100,000,000. The default value is 10,000.
    /// </summary>
    public int MaxKnownConversations { get; set; } = 10_000;

    /// <summary>
    /// Whether memory is filled from the store at the start, newest first, in the background and never at the expense of what is put
    /// meanwhile. The default value is true.
    /// </summary>
    public bool WarmsUp { get; set; } = true;

    internal TieredSignatureCacheOptions Copy() => (TieredSignatureCacheOptions)MemberwiseClone();
}
