using System.Text;
using CommunityToolkit.HighPerformance.Buffers;

namespace FastSignatureCache.Packing;

/// <summary>
/// A signature as it lies in memory and in a store: one array whose first byte says how to read the rest. base64 is held as the
/// bytes that it stands for, which takes three eighths of what its string takes; what comes out is the text that went in, always.
/// </summary>
/// <remarks>Equal texts have equal packed forms. Immutable; safe for use by any number of threads.</remarks>
internal readonly struct PackedSignature : IEquatable<PackedSignature>
{
    private readonly byte[] _packed;

    private PackedSignature(byte[] packed) => _packed = packed;

    /// <summary>The packed bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _packed;

    /// <summary>The packed bytes, for keeping: they never change.</summary>
    public ReadOnlyMemory<byte> Memory => _packed;

    /// <summary>The text's length, in characters and in UTF-8 bytes. O(1).</summary>
    public int Length => Form switch
    {
        PackedForm.Text => Content.Length,
        PackedForm.Jwt or PackedForm.CompressedJwt => JwtSegments.Read(Content, Form).TextLength,
        _ => Base64Text.EncodedLength(Content.Length, Form),
    };

    private PackedForm Form => (PackedForm)_packed[0];

    private ReadOnlySpan<byte> Content => _packed.AsSpan(1);

    /// <summary>Packs a text of ASCII characters. O(length); allocates the packed array alone.</summary>
    public static PackedSignature Pack(ReadOnlySpan<char> text)
    {
        using SpanOwner<byte> utf8 = SpanOwner<byte>.Allocate(text.Length);
        Encoding.ASCII.GetBytes(text, utf8.Span);
        return Pack(utf8.Span);
    }

    /// <summary>Packs a text of ASCII characters. O(length); allocates the packed array alone.</summary>
    public static PackedSignature Pack(ReadOnlySpan<byte> utf8)
    {
        byte[]? packed = utf8.Contains((byte)'.') ? JwtSegments.TryPack(utf8) : TryPackBase64(utf8);
        if (packed is not null)
        {
            var result = new PackedSignature(packed);
            if (result.Restores(utf8))
            {
                return result;
            }
        }

        return new PackedSignature([(byte)PackedForm.Text, .. utf8]);
    }

    /// <summary>
    /// Reads packed bytes that nobody vouches for. O(length). Whatever is wrong with them, a form that isn't known, lengths that don't
    /// agree, damaged compression, gives null and never more work or memory than the longest text allows.
    /// </summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="maxLength">The longest text that is accepted, in characters.</param>
    /// <param name="format">What the text has to be.</param>
    /// <returns>The signature, packed as this version packs it, so that equal texts are equal here too.</returns>
    public static PackedSignature? TryUnpack(ReadOnlyMemory<byte> payload, int maxLength, SignatureFormat format)
    {
        // Packed is hardly longer than the text: a form, and the lengths of a token's segments.
        if (payload.IsEmpty || payload.Length - 16L > maxLength || !Enum.IsDefined((PackedForm)payload.Span[0]))
        {
            return null;
        }

        try
        {
            var claimed = new PackedSignature(payload.ToArray());
            if (claimed.Length is var length && (length < 0 || length > maxLength))
            {
                return null;
            }

            using SpanOwner<byte> text = SpanOwner<byte>.Allocate(claimed.Length);
            claimed.CopyTo(text.Span);
            return format.Accepts(text.Span) ? Pack(text.Span) : null;
        }
        catch (Exception damage) when (damage is ArgumentException or InvalidDataException or IndexOutOfRangeException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>Writes the text as UTF-8 into a destination of at least <see cref="Length"/> bytes. O(length), allocates nothing.</summary>
    public void CopyTo(Span<byte> utf8)
    {
        switch (Form)
        {
            case PackedForm.Text:
                Content.CopyTo(utf8);
                break;
            case PackedForm.Jwt or PackedForm.CompressedJwt:
                JwtSegments.Read(Content, Form).CopyTo(utf8);
                break;
            default:
                Base64Text.Encode(Content, Form, utf8[..Length]);
                break;
        }
    }

    /// <summary>Writes the text into a destination of at least <see cref="Length"/> characters. O(length), allocates nothing.</summary>
    public void CopyTo(Span<char> text)
    {
        using SpanOwner<byte> utf8 = SpanOwner<byte>.Allocate(Length);
        CopyTo(utf8.Span);
        Encoding.ASCII.GetChars(utf8.Span, text);
    }

    /// <summary>The text as a new string.</summary>
    public override string ToString() => string.Create(Length, this, static (text, packed) => packed.CopyTo(text));

    /// <inheritdoc/>
    public bool Equals(PackedSignature other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PackedSignature other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    private static byte[]? TryPackBase64(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        PackedForm form = Base64Text.FormOf(text);
        byte[] packed = new byte[1 + Base64Text.DecodedLength(text)];
        packed[0] = (byte)form;
        return Base64Text.TryDecode(text, form, packed.AsSpan(1)) ? packed : null;
    }

    // Decoders are lenient in ways that a text may make use of. Only the text itself, byte for byte, proves that nothing is lost.
    private bool Restores(ReadOnlySpan<byte> text)
    {
        if (Length != text.Length)
        {
            return false;
        }

        using SpanOwner<byte> restored = SpanOwner<byte>.Allocate(text.Length);
        CopyTo(restored.Span);
        return restored.Span.SequenceEqual(text);
    }
}
