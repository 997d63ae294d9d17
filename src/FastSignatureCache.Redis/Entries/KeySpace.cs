using StackExchange.Redis;

namespace FastSignatureCache.Redis.Entries;

/// <summary>The names of everything that a store keeps on the server, all with its prefix.</summary>
/// <remarks>
/// What stands in braces is the hash tag: it alone decides which slot of a cluster a key belongs to. So all of one conversation lies in one
/// slot, and so do the two halves of an index.
/// </remarks>
internal sealed class KeySpace(string prefix)
{
    /// <summary>How many indexes there are: several, so that no server of a cluster has to take part in every put.</summary>
    public const int Indexes = 16;

    /// <summary>Matches every key of the store and nothing else. The prefix has no characters that mean anything in a pattern.</summary>
    public string Pattern { get; } = prefix + "[ci]:{*";

    /// <summary>
    /// Where removals are told. In a cluster all tell and listen at the server that has the slot of the channel's name: notices that pass through
    /// several servers arrive in any order, and some twice.
    /// </summary>
    public RedisChannel Channel { get; } = RedisChannel.Sharded(prefix + "removals");

    /// <summary>The hash of a conversation's entries.</summary>
    public RedisKey Conversation(ReadOnlySpan<byte> digest) => $"{prefix}c:{{{Convert.ToHexStringLower(digest)}}}";

    /// <summary>The conversations of an index by the newest creation in them.</summary>
    public RedisKey Created(int index) => $"{prefix}i:{{{index}}}:created";

    /// <summary>The conversations of an index by the last expiry in them.</summary>
    public RedisKey Expires(int index) => $"{prefix}i:{{{index}}}:expires";

    /// <summary>Which index has a conversation.</summary>
    public static int IndexOf(ReadOnlySpan<byte> digest) => digest[0] % Indexes;
}
