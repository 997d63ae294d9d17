namespace FastSignatureCache.Stores;

/// <summary>
/// Told of every change to a cache, under its write lock and so in the order in which the changes happen. Must be quick and never throw.
/// </summary>
internal interface ICacheJournal
{
    /// <param name="entry">What was put.</param>
    /// <param name="isReplacement">Whether it took the place of everything under its key.</param>
    void OnPut(CachedSignature entry, bool isReplacement);

    /// <summary>Everything under a key was removed, if there was anything.</summary>
    void OnRemoved(in SignatureKey key);

    void OnCleared();

    /// <summary>A key had to make room; what was kept under it is as good as before.</summary>
    void OnEvicted(in SignatureKey key);
}
