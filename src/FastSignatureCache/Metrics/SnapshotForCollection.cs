namespace FastSignatureCache.Metrics;

/// <summary>
/// One snapshot of a cache's metrics for all instruments that one collection asks, so that what they tell agrees and costs one
/// <see cref="ISignatureCache.GetMetrics"/>. Thread-safe.
/// </summary>
/// <remarks>
/// Nobody says when a collection begins. But it asks each instrument once: whoever asks for the second time belongs to the next one. And
/// whoever asks late doesn't get what another listener had long ago.
/// </remarks>
/// <param name="cache">The cache.</param>
/// <param name="timeProvider">Tells what is late.</param>
internal sealed class SnapshotForCollection(ISignatureCache cache, TimeProvider timeProvider)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(500);

    private readonly Lock _sync = new();
    private readonly HashSet<string> _asked = [];
    private SignatureCacheMetrics? _snapshot;
    private long _takenAt;

    /// <param name="instrument">Who asks.</param>
    public SignatureCacheMetrics For(string instrument)
    {
        lock (_sync)
        {
            if (_snapshot is null || !_asked.Add(instrument) || timeProvider.GetElapsedTime(_takenAt) > MaxAge)
            {
                _snapshot = cache.GetMetrics();
                _takenAt = timeProvider.GetTimestamp();
                _asked.Clear();
                _asked.Add(instrument);
            }

            return _snapshot;
        }
    }
}
