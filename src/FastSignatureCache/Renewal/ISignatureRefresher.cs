namespace FastSignatureCache;

/// <summary>Fetches a fresh signature for one that is in use and nears its end. Supplied by the host, where there is a way to get one.</summary>
/// <remarks>
/// <para>
/// A cache that has a refresher asks it, in the background, once a look-up has found an entry in the second half of its life: one call for a
/// signature at a time, however many names it has, and <see cref="SignatureCacheOptions.MaxConcurrentRefreshes"/> calls at most. No look-up
/// waits for it. The result is checked like a put, and takes the place of the old signature under every name that it has in memory, with a new life.
/// What was removed or replaced meanwhile stays as it is.
/// </para>
/// <para>
/// A call that throws or returns null is no trouble: a later look-up asks again, an eighth of the remaining life later at the earliest, and
/// no sooner than after a second. Until then the entry stays as it is, and nothing puts its expiry off.
/// </para>
/// <para>Called by several threads at once. The cache doesn't dispose of it.</para>
/// </remarks>
public interface ISignatureRefresher
{
    /// <summary>Fetches a fresh signature.</summary>
    /// <param name="current">The entry that nears its end, under the name that it was asked for by.</param>
    /// <param name="cancellationToken">Ends with the cache.</param>
    /// <returns>The signature, or null where there is none to be had now.</returns>
    ValueTask<string?> RefreshAsync(CachedSignature current, CancellationToken cancellationToken);
}
