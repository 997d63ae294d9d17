using System.IO.Hashing;

namespace FastSignatureCache.Sqlite.Rows;

/// <summary>
/// The slots of a conversation: a range of numbers that stand for its rows in the index, one half the conversation's hash, the other
/// the row's. One index of eight bytes a row finds a whole conversation as well as one row of it. Hashes only lead the way: what is
/// found is compared in full.
/// </summary>
internal readonly record struct ConversationSlots(long First)
{
    public long Last => First | uint.MaxValue;

    public static ConversationSlots Of(string conversationId)
    {
        Span<byte> buffer = stackalloc byte[TextEncoding.MaxLength];
        return Of(buffer[..TextEncoding.Write(conversationId, buffer)]);
    }

    public static ConversationSlots Of(ReadOnlySpan<byte> encoded) =>
        new((long)(XxHash3.HashToUInt64(encoded) & ~(ulong)uint.MaxValue));

    public long With(uint row) => First | row;
}
