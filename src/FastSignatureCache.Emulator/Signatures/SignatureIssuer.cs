using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FastSignatureCache.Emulator.Signatures;

/// <summary>
/// Makes signatures and checks them, and remembers none. A signature is: a length-prefixed header like a protobuf field's, a
/// nonce, a tag of the call's id, a seal if it has one, filler, and a MAC over all of that and the binding.
/// </summary>
internal sealed class SignatureIssuer(EmulatorOptions options, NonceSource nonces)
{
    private const int NonceLength = 12;
    private const int IdTagLength = 8;
    private const int MacLength = 24;
    private const int MinFillerLength = 8;
    private const int MinLength = 1 + 1 + NonceLength + IdTagLength + MinFillerLength + MacLength;

    private volatile byte[] _key = MakeKey(options.SigningKey);
    // One byte less than fits: a long signature's header takes one more.
    private readonly int _maxFillerLength =
        Math.Max(MinFillerLength, (options.MaxSignatureLength * 3 / 4) - MinLength - 1 + MinFillerLength);

    /// <summary>Refuses from now on what was issued until now.</summary>
    public void ReplaceKey(ReadOnlyMemory<byte> key) => _key = MakeKey(key);

    public string Issue(in SignatureBinding binding, string? callId, ReadOnlySpan<byte> seal = default)
    {
        // Read once: a key that is replaced meanwhile would leave a signature that neither of the two accepts.
        var key = _key;
        var nonce = nonces.Next(NonceLength);
        byte[] body = [.. nonce, .. TagOf(key, nonce, callId), .. seal, .. MakeFiller(key, nonce, seal.Length)];
        body = [.. Header(body.Length + MacLength), .. body];
        return SignatureText.Encode([.. body, .. MacOf(key, body, binding)], options.UrlSafeSignatures);
    }

    /// <param name="signature">The decoded signature.</param>
    /// <param name="binding">What it has to be issued for.</param>
    /// <param name="callId">
    /// The id of the call that carries it. A call that has lost its id still verifies, one with another id doesn't, and where
    /// no id was issued the client may have made up its own.
    /// </param>
    public bool Verify(ReadOnlySpan<byte> signature, in SignatureBinding binding, string? callId)
    {
        var key = _key;
        var start = StartOf(key, signature, binding, sealLength: 0);
        if (start < 0)
            return false;
        var nonce = signature.Slice(start, NonceLength);
        var tag = signature.Slice(start + NonceLength, IdTagLength);
        return callId is null || tag.SequenceEqual(TagOf(key, nonce, callId)) || tag.SequenceEqual(TagOf(key, nonce, null));
    }

    /// <summary>The seal of a signature that was issued with one for this binding, else <see langword="null"/>.</summary>
    public byte[]? Open(ReadOnlySpan<byte> signature, in SignatureBinding binding, int sealLength)
    {
        var start = StartOf(_key, signature, binding, sealLength);
        return start < 0 ? null : signature.Slice(start + NonceLength + IdTagLength, sealLength).ToArray();
    }

    /// <summary>Where the nonce is, or -1 if the signature is not one for the binding.</summary>
    private static int StartOf(byte[] key, ReadOnlySpan<byte> signature, in SignatureBinding binding, int sealLength)
    {
        if (signature.Length < MinLength + sealLength)
            return -1;
        var body = signature[..^MacLength];
        if (!CryptographicOperations.FixedTimeEquals(MacOf(key, body, binding), signature[^MacLength..]))
            return -1;
        return body[1] < 0x80 ? 2 : 3;
    }

    // Hashed, so that a key of any length will do.
    private static byte[] MakeKey(ReadOnlyMemory<byte> key) =>
        key.IsEmpty ? RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes) : SHA256.HashData(key.Span);

    private static byte[] Header(int length) =>
        length < 0x80 ? [0x0A, (byte)length] : [0x0A, (byte)(length | 0x80), (byte)(length >> 7)];

    private static byte[] TagOf(byte[] key, ReadOnlySpan<byte> nonce, string? callId)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        AppendField(hash, "id"u8);
        AppendField(hash, nonce);
        if (callId is not null)
            AppendField(hash, Encoding.UTF8.GetBytes(callId));
        return hash.GetHashAndReset()[..IdTagLength];
    }

    private static byte[] MacOf(byte[] key, ReadOnlySpan<byte> body, in SignatureBinding binding)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
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
    private byte[] MakeFiller(byte[] key, ReadOnlySpan<byte> nonce, int sealLength)
    {
        var limit = (nonce[0] & 7) switch
        {
            < 2 => MinFillerLength,
            < 5 => 200,
            < 7 => 800,
            _ => _maxFillerLength,
        };
        // A seal takes its place from the filler, as far as there is any.
        limit = Math.Max(MinFillerLength, Math.Min(limit, _maxFillerLength - sealLength));
        var length = MinFillerLength + ((limit - MinFillerLength) * nonce[1] / byte.MaxValue);
        return HKDF.Expand(HashAlgorithmName.SHA256, key, length, [.. "filler"u8, .. nonce]);
    }
}
