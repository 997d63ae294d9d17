using System.Buffers.Binary;
using System.IO.Hashing;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Redis.Entries;

/// <summary>One signature as a field of its conversation's hash.</summary>
/// <param name="Field">
/// The field's name: the digest of the key, by which a removal finds it, then that of context and payload. Equal ones mean the same entry.
/// </param>
/// <param name="Value">
/// Version, checksum, times, the key's three strings, context, payload. What has been released under a version never changes its meaning.
/// </param>
internal readonly record struct Entry(byte[] Field, byte[] Value)
{
    /// <summary>The first byte of a value in this layout.</summary>
    public const byte Version = 1;

    /// <summary>Where the time of expiry lies, in ticks: 8 bytes, the least first. Scripts read it too.</summary>
    public const int ExpiresOffset = CreatedOffset + sizeof(long);

    private const int ChecksumOffset = 1;
    private const int CreatedOffset = ChecksumOffset + sizeof(ulong);
    private const int HeaderLength = ExpiresOffset + sizeof(long);
    private const int ContextLength = sizeof(ulong) + sizeof(ulong) + sizeof(int);
    private const int MaxKeyLength = 3 * TextEncoding.MaxLength;

    public static Entry Of(StoredSignature signature)
    {
        Span<byte> key = stackalloc byte[MaxKeyLength];
        key = key[..KeyDigest.Write(signature.Key, key)];
        var value = new byte[HeaderLength + key.Length + ContextLength + signature.Payload.Length];
        value[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(value.AsSpan(CreatedOffset), signature.CreatedAt.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(value.AsSpan(ExpiresOffset), signature.ExpiresAt.UtcTicks);
        key.CopyTo(value.AsSpan(HeaderLength));
        var rest = value.AsSpan(HeaderLength + key.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(rest, signature.Context.History);
        BinaryPrimitives.WriteUInt64LittleEndian(rest[sizeof(ulong)..], signature.Context.Turn);
        BinaryPrimitives.WriteInt32LittleEndian(rest[(sizeof(ulong) + sizeof(ulong))..], signature.Context.Occurrence);
        signature.Payload.Span.CopyTo(rest[ContextLength..]);
        Seal(value);

        var field = new byte[KeyDigest.Length + KeyDigest.Length];
        XxHash128.Hash(key, field);
        XxHash128.Hash(rest, field.AsSpan(KeyDigest.Length));
        return new(field, value);
    }

    /// <summary>Reads a value. Null unless it is, byte for byte, what was written.</summary>
    public static StoredSignature? Read(ReadOnlyMemory<byte> value)
    {
        var bytes = value.Span;
        if (bytes.Length <= HeaderLength
            || bytes[0] != Version
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes[ChecksumOffset..]) != Checksum(bytes))
        {
            return null;
        }

        var rest = bytes[HeaderLength..];
        if (!TextEncoding.TryRead(ref rest, out var conversation)
            || !TextEncoding.TryRead(ref rest, out var model)
            || !TextEncoding.TryRead(ref rest, out var part)
            || conversation.Length == 0
            || model.Length == 0
            || rest.Length <= ContextLength
            || ReadTime(bytes[CreatedOffset..]) is not { } created
            || ReadTime(bytes[ExpiresOffset..]) is not { } expires)
        {
            return null;
        }

        var context = new SignatureContext(
            BinaryPrimitives.ReadUInt64LittleEndian(rest),
            BinaryPrimitives.ReadUInt64LittleEndian(rest[sizeof(ulong)..]),
            BinaryPrimitives.ReadInt32LittleEndian(rest[(sizeof(ulong) + sizeof(ulong))..]));
        var payload = value[^(rest.Length - ContextLength)..];
        return new(new(conversation, model, part), context, payload, created, expires);
    }

    /// <summary>Whether a value that can't be read says that a later version wrote it, rather than being damaged.</summary>
    public static bool IsOfLaterVersion(ReadOnlySpan<byte> value) => !value.IsEmpty && value[0] > Version;

    /// <summary>Writes the checksum of a value into it.</summary>
    internal static void Seal(Span<byte> value) => BinaryPrimitives.WriteUInt64LittleEndian(value[ChecksumOffset..], Checksum(value));

    private static ulong Checksum(ReadOnlySpan<byte> value) => XxHash3.HashToUInt64(value[CreatedOffset..]);

    private static DateTimeOffset? ReadTime(ReadOnlySpan<byte> bytes)
    {
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new(ticks, TimeSpan.Zero) : null;
    }
}
