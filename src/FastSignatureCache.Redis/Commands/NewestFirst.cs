using System.Runtime.CompilerServices;
using FastSignatureCache.Redis.Connections;
using FastSignatureCache.Redis.Entries;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Redis.Commands;

/// <summary>Enumerates all signatures, newest first, by merging the indexes and then the conversations that they name.</summary>
/// <remarks>
/// An index names a conversation with the time of its newest signature. So whatever is newer than the next conversation's time is next, and
/// older ones wait. An index can name what is not there any more: that costs a look.
/// </remarks>
internal sealed class NewestFirst(RoundTrips trips, KeySpace keys, EntryReader reader, TimeProvider timeProvider)
{
    private const int ConversationsAtOnce = 32;

    public async IAsyncEnumerable<StoredSignature> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IndexCursor[] cursors = [.. Enumerable.Range(0, KeySpace.Indexes).Select(index => new IndexCursor(keys.Created(index)))];
        var waiting = new PriorityQueue<StoredSignature, long>();
        for (var isAtEnd = false; !isAtEnd;)
        {
            List<byte[]> digests = [];
            IndexCursor? next;
            while ((next = await NextAsync(cursors, cancellationToken).ConfigureAwait(false)) is not null
                && digests.Count < ConversationsAtOnce)
            {
                digests.Add(next.Take());
            }

            var conversations = await reader.ReadAsync(digests, cancellationToken).ConfigureAwait(false);
            waiting.EnqueueRange(conversations.SelectMany(static found => found).Select(static found => (found, -found.CreatedAt.UtcTicks)));
            isAtEnd = next is null;
            while (waiting.TryPeek(out var signature, out _)
                && (next?.Next is not { } bound || signature.CreatedAt.ToUnixTimeMilliseconds() >= bound))
            {
                waiting.Dequeue();
                cancellationToken.ThrowIfCancellationRequested();
                if (signature.ExpiresAt > timeProvider.GetUtcNow())
                {
                    yield return signature;
                }
            }
        }
    }

    // All indexes that have to be asked are asked in one round trip.
    private async ValueTask<IndexCursor?> NextAsync(IndexCursor[] cursors, CancellationToken cancellationToken)
    {
        IndexCursor[] unknown = [.. cursors.Where(static cursor => cursor.NeedsPage)];
        if (unknown.Length > 0)
        {
            var pages = await trips.MakeAsync(
                connected => Task.WhenAll(unknown.Select(cursor => cursor.AskAsync(connected.GetDatabase()))),
                cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < unknown.Length; i++)
            {
                unknown[i].Add(pages[i]);
            }
        }

        return cursors.Where(static cursor => cursor.Next is not null).MaxBy(static cursor => cursor.Next);
    }
}
