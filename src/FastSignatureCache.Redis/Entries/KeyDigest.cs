using System.IO.Hashing;

namespace FastSignatureCache.Redis.Entries;

/// <summary>
/// Digests that lead to an entry: 128 bits, so that two of all that were ever kept never meet by accident. They only lead the way: what is
/// found holds its strings, and those are compared in full.
/// </summary>
internal static class KeyDigest
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int Length = 16;

    private const int MaxKeyLength = 3 * TextEncoding.MaxLength;

    /// <summary>Of a conversation: it names the hash that has the conversation's entries, and its slot in a cluster.</summary>
    public static byte[] OfConversation(string conversationId)
    {
        Span<byte> buffer = stackalloc byte[TextEncoding.MaxLength];
        return XxHash128.Hash(buffer[..TextEncoding.Write(conversationId, buffer)]);
    }

    /// <summary>Of a key: the names of all fields under the key begin with it.</summary>
    public static byte[] OfKey(in SignatureKey key)
    {
        Span<byte> buffer = stackalloc byte[MaxKeyLength];
        return XxHash128.Hash(buffer[..Write(key, buffer)]);
    }

    public static int Write(in SignatureKey key, Span<byte> destination)
    {
        var length = TextEncoding.Write(key.ConversationId, destination);
        length += TextEncoding.Write(key.ModelId, destination[length..]);
        return length + TextEncoding.Write(key.PartId, destination[length..]);
    }
}
