using FastSignatureCache.Redis.Entries;
using FastSignatureCache.Stores;
using StackExchange.Redis;

namespace FastSignatureCache.Redis.Commands;

/// <summary>The commands that keep a batch of signatures: one for each conversation, and one for each index that has any of them.</summary>
internal sealed class PutBatch
{
    private readonly List<(string Script, RedisKey[] Keys, RedisValue[] Arguments)> _commands = [];

    public PutBatch(IEnumerable<StoredSignature> signatures, KeySpace keys, DateTimeOffset now)
    {
        var conversations = signatures
            .GroupBy(static signature => signature.Key.ConversationId, StringComparer.Ordinal)
            .Select(static group => new Conversation(KeyDigest.OfConversation(group.Key), [.. group]))
            .ToList();
        foreach (var conversation in conversations)
        {
            List<RedisValue> arguments = [conversation.Expires, now.UtcTicks];
            foreach (var entry in conversation.Signatures.Select(Entry.Of))
            {
                arguments.Add(entry.Field);
                arguments.Add(entry.Value);
            }

            _commands.Add((Scripts.Put, [keys.Conversation(conversation.Digest)], [.. arguments]));
        }

        foreach (var index in conversations.GroupBy(static conversation => KeySpace.IndexOf(conversation.Digest)))
        {
            List<RedisValue> arguments = [UnixMilliseconds.AtOrAfter(now), index.Max(static conversation => conversation.Expires)];
            foreach (var conversation in index)
            {
                arguments.AddRange([conversation.Digest, conversation.Created, conversation.Expires]);
            }

            _commands.Add((Scripts.Index, [keys.Created(index.Key), keys.Expires(index.Key)], [.. arguments]));
        }
    }

    public Task<RedisResult[]> SendAsync(IDatabase database) =>
        Task.WhenAll(_commands.Select(command => database.ScriptEvaluateAsync(command.Script, command.Keys, command.Arguments)));

    private sealed record Conversation(byte[] Digest, StoredSignature[] Signatures)
    {
        public long Created { get; } = Signatures.Max(static signature => UnixMilliseconds.AtOrAfter(signature.CreatedAt));

        // The server knows no time before 1970, and takes -1 for never.
        public long Expires { get; } = Math.Max(0, Signatures.Max(static signature => UnixMilliseconds.AtOrAfter(signature.ExpiresAt)));
    }
}
