using System.Buffers.Binary;
using System.IO.Hashing;

namespace FastSignatureCache.Sqlite.Rows;

/// <summary>
/// A key and its context as a row has them: conversation, model, part, then the context. Equal bytes mean equal keys and contexts.
/// </summary>
internal readonly struct RowKey
{
    private const int ContextLength = sizeof(ulong) + sizeof(ulong) + sizeof(int);
    private const int MaxLength = (3 * TextEncoding.MaxLength) + ContextLength;

    private RowKey(byte[] bytes, int conversationLength, int nameLength)
    {
        Bytes = bytes;
        NameLength = nameLength;
        Conversation = ConversationSlots.Of(bytes.AsSpan(0, conversationLength));
    }

    public byte[] Bytes { get; }

    /// <summary>How many of the bytes are the key's; the others are the context's.</summary>
    public int NameLength { get; }

    public ConversationSlots Conversation { get; }

    public static RowKey Of(in SignatureKey key, in SignatureContext context)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        var conversation = TextEncoding.Write(key.ConversationId, buffer);
        var name = conversation + TextEncoding.Write(key.ModelId, buffer[conversation..]);
        name += TextEncoding.Write(key.PartId, buffer[name..]);
        var rest = buffer.Slice(name, ContextLength);
        BinaryPrimitives.WriteUInt64LittleEndian(rest, context.History);
        BinaryPrimitives.WriteUInt64LittleEndian(rest[sizeof(ulong)..], context.Turn);
        BinaryPrimitives.WriteInt32LittleEndian(rest[(sizeof(ulong) + sizeof(ulong))..], context.Occurrence);
        return new(buffer[..(name + ContextLength)].ToArray(), conversation, name);
    }

    /// <summary>Where the row of this key with this payload is looked for.</summary>
    public long SlotOf(ReadOnlySpan<byte> payload) =>
        Conversation.With((uint)(XxHash3.HashToUInt64(Bytes) ^ XxHash3.HashToUInt64(payload, seed: 1)));

    public static bool TryRead(ReadOnlySpan<byte> bytes, out SignatureKey key, out SignatureContext context)
    {
        (key, context) = (default, default);
        if (!TextEncoding.TryRead(ref bytes, out var conversation)
            || !TextEncoding.TryRead(ref bytes, out var model)
            || !TextEncoding.TryRead(ref bytes, out var part)
            || bytes.Length != ContextLength
            || conversation.Length == 0
            || model.Length == 0)
        {
            return false;
        }

        key = new(conversation, model, part);
        context = new(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[sizeof(ulong)..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[(sizeof(ulong) + sizeof(ulong))..]));
        return true;
    }
}
