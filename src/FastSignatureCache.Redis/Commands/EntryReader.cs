using FastSignatureCache.Redis.Connections;
using FastSignatureCache.Redis.Entries;
using FastSignatureCache.Stores;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FastSignatureCache.Redis.Commands;

/// <summary>Reads whole conversations, and removes what is damaged in them.</summary>
internal sealed partial class EntryReader(RoundTrips trips, KeySpace keys, ILogger logger)
{
    /// <summary>The entries of each conversation, expired ones too. One round trip to each server that has any.</summary>
    public async Task<List<StoredSignature>[]> ReadAsync(IReadOnlyList<byte[]> digests, CancellationToken cancellationToken)
    {
        var hashes = await trips.MakeAsync(
            connected =>
            {
                var database = connected.GetDatabase();
                // A replica may not have heard of a removal yet, or have only some of several candidates.
                return Task.WhenAll(digests.Select(digest =>
                    database.HashGetAllAsync(keys.Conversation(digest), CommandFlags.DemandMaster)));
            },
            cancellationToken).ConfigureAwait(false);
        return [.. hashes.Select((hash, i) => Read(digests[i], hash))];
    }

    private List<StoredSignature> Read(byte[] digest, HashEntry[] hash)
    {
        List<StoredSignature> read = new(hash.Length);
        List<RedisValue>? damaged = null;
        foreach (var field in hash)
        {
            ReadOnlyMemory<byte> value = field.Value;
            if (Entry.Read(value) is { } signature)
            {
                read.Add(signature);
            }
            else if (!Entry.IsOfLaterVersion(value.Span))
            {
                (damaged ??= []).AddRange([field.Name, field.Value]);
            }
        }

        if (damaged is not null)
        {
            LogDamaged(logger, damaged.Count / 2);
            _ = ForgetAsync(digest, [.. damaged]);
        }

        return read;
    }

    private async Task ForgetAsync(byte[] digest, RedisValue[] fields)
    {
        try
        {
            await trips.MakeAsync(
                connected => connected.GetDatabase().ScriptEvaluateAsync(Scripts.Forget, [keys.Conversation(digest)], fields),
                CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for this. They are never returned, and are found again at the next read.
        catch (Exception)
#pragma warning restore CA1031
        {
            LogDamagedStay(logger, fields.Length / 2);
        }
    }

    [LoggerMessage(11, LogLevel.Warning, "{Count} stored signatures were damaged; they are not used and are removed")]
    private static partial void LogDamaged(ILogger logger, int count);

    [LoggerMessage(12, LogLevel.Warning, "Removing {Count} damaged signatures failed; they stay unused")]
    private static partial void LogDamagedStay(ILogger logger, int count);
}
