using System.Buffers;
using System.Security.Cryptography;

namespace FastSignatureCache.AspNetCore.Entries;

/// <summary>
/// Stands for a signature where the signature itself must not be shown: enough to see whether two are the same, useless for anything else. It is
/// what <c>printf %s "$signature" | sha256sum | cut -c1-16</c> says.
/// </summary>
internal static class Fingerprint
{
    private const int Length = 8;

    public static string Of(CachedSignature entry)
    {
        var text = ArrayPool<byte>.Shared.Rent(entry.Length);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var length = entry.CopyTo(text.AsSpan());
        SHA256.HashData(text.AsSpan(0, length), digest);
        // The next who rents it need not find a signature there.
        ArrayPool<byte>.Shared.Return(text, clearArray: true);
        return Convert.ToHexStringLower(digest[..Length]);
    }
}
