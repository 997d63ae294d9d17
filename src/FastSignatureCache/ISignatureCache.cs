using System.Diagnostics.CodeAnalysis;

namespace FastSignatureCache;

/// <summary>A bounded cache of the signatures that LLM providers put on their models' reasoning.</summary>
/// <remarks>
/// All members may be called by any number of threads at once. A put is O(length of the signature), for the check of its format, and
/// allocates the entry; the packed signature; a refused put allocates nothing.
/// </remarks>
public interface ISignatureCache
{
    /// <summary>The number of keys kept. O(1). Expired ones count until they are asked for or cleaned up.</summary>
    /// <remarks>A key with several candidates counts once.</remarks>
    int Count { get; }

    /// <summary>The estimated memory that all entries take, in bytes. O(1).</summary>
    long EstimatedBytes { get; }

    /// <summary>Looks a signature up. O(1), allocates nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">The entry on a hit: the newest where several are kept under the key.</param>
    /// <returns>Whether there was a live entry.</returns>
    bool TryGet(in SignatureKey key, [NotNullWhen(true)] out CachedSignature? entry);

    /// <summary>Looks a signature up and says why when there is none. O(1), allocates nothing.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The entry (the newest where several are kept under the key), or the reason.</returns>
    SignatureLookup Lookup(in SignatureKey key);

    /// <summary>Looks up one signature that may be kept under any of several keys. O(keys), allocates nothing.</summary>
    /// <param name="alternatives">The keys, most certain first. The first that answers wins.</param>
    /// <returns>
    /// The entry, or the most informative reason of all alternatives. An empty span is a <see cref="SignatureLookupStatus.Miss"/>.
    /// </returns>
    /// <remarks>
    /// <para>All alternatives together are one look-up: one hit or one miss in the metrics.</para>
    /// <para>
    /// Of the live candidates under a key, one with the same <see cref="SignatureContext.History"/> is taken; failing that, one with the
    /// same <see cref="SignatureContext.Turn"/>; failing that, the only one there is, if its <see cref="SignatureContext.Occurrence"/>
    /// agrees. Two different signatures at any of these steps, or one that disagrees, are <see cref="SignatureLookupStatus.Ambiguous"/>.
    /// So is everything under a key of which a candidate was dropped for want of room. In the alternatives after an ambiguous one only
    /// the history is trusted: what is less certain cannot settle what the more certain leaves open.
    /// </para>
    /// </remarks>
    SignatureLookup Lookup(ReadOnlySpan<ContextualKey> alternatives);

    /// <summary>Keeps a signature, in place of everything that was kept under the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>False when the signature was refused: malformed or too large.</returns>
    /// <exception cref="ArgumentException">The key is <c>default</c>.</exception>
    /// <exception cref="ArgumentNullException">The signature is null.</exception>
    bool Put(in SignatureKey key, string signature);

    /// <summary>Keeps a signature, in place of everything that was kept under the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>False when the signature was refused: malformed or too large.</returns>
    /// <exception cref="ArgumentException">The key is <c>default</c>.</exception>
    bool Put(in SignatureKey key, ReadOnlySpan<char> signature);

    /// <summary>Keeps a signature, in place of everything that was kept under the key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="utf8Signature">The signature as UTF-8; anything but ASCII is malformed.</param>
    /// <returns>False when the signature was refused: malformed or too large.</returns>
    /// <exception cref="ArgumentException">The key is <c>default</c>.</exception>
    bool Put(in SignatureKey key, ReadOnlySpan<byte> utf8Signature);

    /// <summary>
    /// Keeps one signature under each of several keys, beside the others under the same keys, as a candidate that its context tells
    /// apart. The text is held once, however many keys there are. O(keys + length).
    /// </summary>
    /// <param name="keys">
    /// The keys and their contexts. The same signature with the same context again renews that candidate.
    /// </param>
    /// <param name="signature">The signature.</param>
    /// <returns>False when the signature was refused, malformed or too large, or there is no key.</returns>
    /// <remarks>Each key is a change of its own: a look-up at the same time may find some of them already and others not yet.</remarks>
    /// <exception cref="ArgumentException">A key is <c>default</c>.</exception>
    /// <exception cref="ArgumentNullException">The signature is null.</exception>
    bool Put(ReadOnlySpan<ContextualKey> keys, string signature);

    /// <summary>Removes everything kept under the key. O(1).</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether something live was removed.</returns>
    bool Remove(in SignatureKey key);

    /// <summary>Removes everything kept under the key because the provider refused it, and counts a corruption. O(1).</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether something live was removed. Only then a corruption is counted.</returns>
    bool ReportCorrupted(in SignatureKey key);

    /// <summary>
    /// Removes everything kept under each of several keys, the names of one signature that the provider refused, and counts one corruption.
    /// O(keys), allocates nothing.
    /// </summary>
    /// <param name="keys">The keys. One that nothing is kept under changes nothing here, and is removed wherever else things are kept.</param>
    /// <param name="reason">What the provider said: anything but <see cref="CorruptionReason.MalformedPut"/>, which is no report.</param>
    /// <returns>
    /// Whether something live was removed under any of the keys. Only then a corruption is counted: one, for the model of the first key.
    /// </returns>
    /// <remarks>Each key is a change of its own: a look-up at the same time may still find the signature under some of them.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The reason is none of a report. Nothing was removed.</exception>
    bool ReportCorrupted(ReadOnlySpan<SignatureKey> keys, CorruptionReason reason);

    /// <summary>Removes what has expired. O(entries); other operations go on meanwhile.</summary>
    /// <returns>The number of keys removed.</returns>
    int RemoveExpired();

    /// <summary>Removes everything. Counts neither evictions nor expirations.</summary>
    void Clear();

    /// <summary>
    /// Brings what is kept of a conversation elsewhere into memory, in one batch, so that the look-ups after it know everything. A cache
    /// with nothing but its memory does nothing, at no cost.
    /// </summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="cancellationToken">Gives up waiting; the loading itself goes on for others.</param>
    /// <returns>Completed when the conversation is in memory, or can't be had in time: trouble elsewhere is never thrown.</returns>
    /// <exception cref="ArgumentException">The conversation is null or empty.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask PrefetchAsync(string conversationId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until everything put before is as durable as the cache's settings ask for. A cache with nothing but its memory does
    /// nothing, at no cost.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; what was put stays on its way.</param>
    /// <returns>Completed when it is so, or can't be had in time: trouble elsewhere is never thrown.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    ValueTask CommitAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// A page of what is in memory, for those who look after the cache: every candidate under every key. Takes no lock, counts as no use, and
    /// looks at some ten thousand entries at most: where few match, a page may be empty and not the last.
    /// </summary>
    /// <param name="query">Which entries.</param>
    /// <returns>The page. What is put or removed while somebody pages may be left out, and what a removal moves at that moment too, or it comes twice; what stays comes once. Expired entries may be there.</returns>
    /// <exception cref="ArgumentNullException">The query is null.</exception>
    /// <exception cref="ArgumentException">The limit is out of range, or the cursor is none of ours.</exception>
    SignatureEntryPage List(SignatureEntryQuery query);

    /// <summary>A snapshot of the counters. Each is exact once all operations have ended; while they run, they may be a few apart.</summary>
    SignatureCacheMetrics GetMetrics();

    /// <summary>Sets all counters back to 0. Entries stay.</summary>
    void ResetMetrics();
}
