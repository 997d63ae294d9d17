using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FastSignatureCache.Emulator.Signatures;

/// <summary>
/// Makes signatures and checks them, and remembers none. A signature is: a length-prefixed header like a protobuf field's, a
/// nonce, a tag of the call's id, filler, and a MAC over all of that and the binding.
/// </summary>
internal sealed class SignatureIssuer(EmulatorOptions options, NonceSource nonces)
{
    private const int NonceLength = 12;
    private const int IdTagLength = 8;
    private const int MacLength = 24;
    private const int MinFillerLength = 8;
    private const int MinLength = 1 + 1 + NonceLength + IdTagLength + MinFillerLength + MacLength;

    // Hashed, so that a key of any length will do.
    private readonly byte[] _key = options.SigningKey.IsEmpty
        ? RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes)
        : SHA256.HashData(options.SigningKey.Span);
    // One byte less than fits: a long signature's header takes one more.
    private readonly int _maxFillerLength =
        Math.Max(MinFillerLength, (options.MaxSignatureLength * 3 / 4) - MinLength - 1 + MinFillerLength);

    public string Issue(in SignatureBinding binding, string? callId)
    {
        var nonce = nonces.Next(NonceLength);
        byte[] body = [.. nonce, .. TagOf(nonce, callId), .. MakeFiller(nonce)];
        body = [.. Header(body.Length + MacLength), .. body];
        return SignatureText.Encode([.. body, .. MacOf(body, binding)], options.UrlSafeSignatures);
    }

    /// <param name="signature">The decoded signature.</param>
    /// <param name="binding">What it has to be issued for.</param>
    /// <param name="callId">
    /// The id of the call that carries it. A call that has lost its id still verifies, one with another id doesn't, and where
    /// no id was issued the client may have made up its own.
    /// </param>
    public bool Verify(ReadOnlySpan<byte> signature, in SignatureBinding binding, string? callId)
    {
        if (signature.Length < MinLength)
            return false;
        var body = signature[..^MacLength];
        if (!CryptographicOperations.FixedTimeEquals(MacOf(body, binding), signature[^MacLength..]))
            return false;

        var headerLength = body[1] < 0x80 ? 2 : 3;
        var nonce = body.Slice(headerLength, NonceLength);
        var tag = body.Slice(headerLength + NonceLength, IdTagLength);
        return callId is null || tag.SequenceEqual(TagOf(nonce, callId)) || tag.SequenceEqual(TagOf(nonce, null));
    }

    private static byte[] Header(int length) =>
        length < 0x80 ? [0x0A, (byte)length] : [0x0A, (byte)(length | 0x80), (byte)(length >> 7)];

    private byte[] TagOf(ReadOnlySpan<byte> nonce, string? callId)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        AppendField(hash, "id"u8);
        AppendField(hash, nonce);
        if (callId is not null)
            AppendField(hash, Encoding.UTF8.GetBytes(callId));
        return hash.GetHashAndReset()[..IdTagLength];
    }

    private byte[] MacOf(ReadOnlySpan<byte> body, in SignatureBinding binding)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        AppendField(hash, body);
        foreach (var field in (string[])[binding.Model, binding.Conversation, .. binding.Part])
            AppendField(hash, Encoding.UTF8.GetBytes(field));
        return hash.GetHashAndReset()[..MacLength];
    }

    private static void AppendField(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }

    // A quarter are as short as can be, most are under 1 KB, a few are up to the allowed length: as with the real ones.
    private byte[] MakeFiller(ReadOnlySpan<byte> nonce)
    {
        var limit = (nonce[0] & 7) switch
        {
            < 2 => MinFillerLength,
            < 5 => 200,
            < 7 => 800,
            _ => _maxFillerLength,
        };
        limit = Math.Min(limit, _maxFillerLength);
        var length = MinFillerLength + ((limit - MinFillerLength) * nonce[1] / byte.MaxValue);
        return HKDF.Expand(HashAlgorithmName.SHA256, _key, length, [.. "filler"u8, .. nonce]);
    }
}
