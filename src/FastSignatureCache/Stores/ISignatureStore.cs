namespace FastSignatureCache.Stores;

/// <summary>Keeps signatures beyond the life of a process: the level under the cache in memory.</summary>
/// <remarks>
/// <para>
/// What to keep apart: the same key can have several signatures, and the same key and context too. Two <see cref="StoredSignature"/>s are
/// the same only if key, context and <see cref="StoredSignature.Payload"/> all are; putting it again renews its times.
/// </para>
/// <para>
/// All members may be called by any number of threads at once. Each works on a batch: one call is meant to be one transaction or one
/// round trip. Trouble (the disk is full, the server is gone) is thrown, of whatever type; the cache above deals with it and logs it, so
/// its message must not hold what is kept. A payload that was damaged is never returned: a store that can't be sure of its bytes keeps
/// a checksum. A signature that could never be kept, however often it is put (too long for the store, say), is left out and no trouble: an
/// exception says that trying again may help.
/// </para>
/// <para>
/// Puts, removals and clears the cache above makes one at a time, and never begins the next before the last has ended, cancelled or not: a
/// put that comes late must not undo a later removal. So what was cancelled has to end soon. A call that blocks its thread holds up
/// nobody's request. Disposing a second time does nothing.
/// </para>
/// <para>A store that several processes share implements <see cref="ISharedSignatureStore"/>.</para>
/// </remarks>
public interface ISignatureStore : IAsyncDisposable
{
    /// <summary>Everything that is kept for some conversations and has not expired, in no order.</summary>
    /// <param name="conversationIds">The conversations, each once.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<IReadOnlyList<StoredSignature>> GetAsync(IReadOnlyCollection<string> conversationIds, CancellationToken cancellationToken);

    /// <summary>Keeps signatures, all or none of them; what is kept is safe, as far as the store promises, when the task completes.</summary>
    /// <param name="signatures">The signatures.</param>
    /// <param name="cancellationToken">Gives up waiting. The signatures may be kept all the same.</param>
    ValueTask PutAsync(IReadOnlyList<StoredSignature> signatures, CancellationToken cancellationToken);

    /// <summary>Removes everything kept under some keys. Keys that are not there are no fault.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="cancellationToken">Gives up waiting. The keys may be removed all the same.</param>
    ValueTask RemoveAsync(IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken);

    /// <summary>Everything that has not expired, by <see cref="StoredSignature.CreatedAt"/>, newest first.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    IAsyncEnumerable<StoredSignature> GetNewestAsync(CancellationToken cancellationToken);

    /// <summary>Removes what has expired. Other operations must not wait long for it.</summary>
    /// <param name="cancellationToken">Ends the removal; what was removed by then stays removed.</param>
    /// <returns>How many were removed; 0 from a store that does it by itself.</returns>
    ValueTask<long> RemoveExpiredAsync(CancellationToken cancellationToken);

    /// <summary>Removes everything.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask ClearAsync(CancellationToken cancellationToken);
}
