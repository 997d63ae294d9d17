using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace FastSignatureCache.AspNetCore.Access;

/// <summary>The key that lets others than this machine in.</summary>
internal sealed class AdminKey(string key)
{
    // A digest has a length of its own, so that the comparison tells nothing of the key's.
    private readonly byte[] _digest = DigestOf(key);

    /// <summary>Whether an <c>Authorization</c> header has it: as <c>Bearer KEY</c>, or as the password in <c>Basic</c>.</summary>
    public bool IsIn(string authorization) =>
        AuthenticationHeaderValue.TryParse(authorization, out var header)
        && CandidateOf(header) is { } candidate
        && CryptographicOperations.FixedTimeEquals(DigestOf(candidate), _digest);

    private static string? CandidateOf(AuthenticationHeaderValue header)
    {
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return header.Parameter;
        }

        if (!header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) || header.Parameter is null)
        {
            return null;
        }

        // RFC 7617: base64 of name:password, and the name has no colon.
        var credentials = new byte[header.Parameter.Length];
        return Convert.TryFromBase64String(header.Parameter, credentials, out var length)
            && Encoding.UTF8.GetString(credentials, 0, length).Split(':', 2) is [_, var password]
            ? password
            : null;
    }

    private static byte[] DigestOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
