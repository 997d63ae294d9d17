using System.Buffers.Binary;
using CommunityToolkit.HighPerformance.Buffers;
using K4os.Compression.LZ4;

namespace FastSignatureCache.Packing;

/// <summary>
/// The three decoded segments of a compact JWS (RFC 7515 section 7.1): the lengths of header and payload, both of these, compressed
/// where that pays, and the signature.
/// </summary>
internal readonly ref struct JwtSegments
{
    private const int LengthsSize = 2 * sizeof(int);
    private const byte Dot = (byte)'.';

    private readonly ReadOnlySpan<byte> _readable;
    private readonly ReadOnlySpan<byte> _signature;
    private readonly int _headerLength;
    private readonly int _payloadLength;
    private readonly bool _isCompressed;

    private JwtSegments(ReadOnlySpan<byte> content, PackedForm form)
    {
        _headerLength = BinaryPrimitives.ReadInt32LittleEndian(content);
        _payloadLength = BinaryPrimitives.ReadInt32LittleEndian(content[sizeof(int)..]);
        _isCompressed = form == PackedForm.CompressedJwt;
        ReadOnlySpan<byte> rest = content[LengthsSize..];
        int readable = _headerLength + _payloadLength;
        if (_isCompressed)
        {
            readable = BinaryPrimitives.ReadInt32LittleEndian(rest);
            rest = rest[sizeof(int)..];
        }

        _readable = rest[..readable];
        _signature = rest[readable..];
    }

    /// <summary>The token's length in characters.</summary>
    public int TextLength => EncodedLength(_headerLength) + EncodedLength(_payloadLength) + EncodedLength(_signature.Length) + 2;

    /// <summary>Reads what <see cref="TryPack"/> wrote after the form.</summary>
    public static JwtSegments Read(ReadOnlySpan<byte> content, PackedForm form) => new(content, form);

    /// <summary>Packs a token, form included; null when it isn't three segments of base64url.</summary>
    public static byte[]? TryPack(ReadOnlySpan<byte> token)
    {
        int headerEnd = token.IndexOf(Dot);
        int payloadEnd = token.LastIndexOf(Dot);
        if (headerEnd == payloadEnd)
        {
            return null;
        }

        ReadOnlySpan<byte> header = token[..headerEnd];
        ReadOnlySpan<byte> payload = token[(headerEnd + 1)..payloadEnd];
        ReadOnlySpan<byte> signature = token[(payloadEnd + 1)..];
        int headerLength = Base64Text.DecodedLength(header);
        int readable = headerLength + Base64Text.DecodedLength(payload);
        byte[] packed = new byte[1 + LengthsSize + readable + Base64Text.DecodedLength(signature)];
        packed[0] = (byte)PackedForm.Jwt;
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(1), headerLength);
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(1 + sizeof(int)), readable - headerLength);
        Span<byte> segments = packed.AsSpan(1 + LengthsSize);
        return TryDecode(header, segments[..headerLength])
            && TryDecode(payload, segments[headerLength..readable])
            && TryDecode(signature, segments[readable..])
                ? Compress(packed, readable)
                : null;
    }

    /// <summary>Writes the token into a destination of at least <see cref="TextLength"/> bytes.</summary>
    public void CopyTo(Span<byte> utf8)
    {
        if (!_isCompressed)
        {
            Write(_readable, utf8);
            return;
        }

        using SpanOwner<byte> readable = SpanOwner<byte>.Allocate(_headerLength + _payloadLength);
        if (LZ4Codec.Decode(_readable, readable.Span) != readable.Length)
        {
            throw new InvalidDataException("A packed token is damaged.");
        }

        Write(readable.Span, utf8);
    }

    private static byte[] Compress(byte[] packed, int readable)
    {
        using SpanOwner<byte> buffer = SpanOwner<byte>.Allocate(LZ4Codec.MaximumOutputSize(readable));
        Span<byte> original = packed.AsSpan(1 + LengthsSize, readable);
        int compressed = LZ4Codec.Encode(original, buffer.Span);
        int saved = readable - compressed - sizeof(int);
        // Reading a compressed token costs a decompression every time: not for a few bytes.
        if (compressed <= 0 || saved < readable / 8)
        {
            return packed;
        }

        byte[] smaller = new byte[packed.Length - saved];
        packed.AsSpan(0, 1 + LengthsSize).CopyTo(smaller);
        smaller[0] = (byte)PackedForm.CompressedJwt;
        Span<byte> rest = smaller.AsSpan(1 + LengthsSize);
        BinaryPrimitives.WriteInt32LittleEndian(rest, compressed);
        buffer.Span[..compressed].CopyTo(rest[sizeof(int)..]);
        packed.AsSpan(1 + LengthsSize + readable).CopyTo(rest[(sizeof(int) + compressed)..]);
        return smaller;
    }

    private static bool TryDecode(ReadOnlySpan<byte> segment, Span<byte> destination) =>
        Base64Text.TryDecode(segment, PackedForm.Base64UrlUnpadded, destination);

    private static int EncodedLength(int length) => Base64Text.EncodedLength(length, PackedForm.Base64UrlUnpadded);

    private void Write(ReadOnlySpan<byte> readable, Span<byte> utf8)
    {
        utf8 = WriteSegment(readable[.._headerLength], utf8);
        utf8[0] = Dot;
        utf8 = WriteSegment(readable[_headerLength..], utf8[1..]);
        utf8[0] = Dot;
        WriteSegment(_signature, utf8[1..]);
    }

    private static Span<byte> WriteSegment(ReadOnlySpan<byte> segment, Span<byte> utf8)
    {
        int length = EncodedLength(segment.Length);
        Base64Text.Encode(segment, PackedForm.Base64UrlUnpadded, utf8[..length]);
        return utf8[length..];
    }
}
