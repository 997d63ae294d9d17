using System.Buffers.Text;
using System.Text;

namespace FastSignatureCache.Bench.Jwt;

/// <summary>Tokens to validate.</summary>
internal static class Tokens
{
    /// <summary>A well-formed token: a header as issuers write it, random payload and signature.</summary>
    /// <param name="length">Its length in characters, at least 256.</param>
    public static string WellFormed(int length)
    {
        var random = new Random(1);
        var header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT","kid":"2f1c9d7e"}"""u8);
        var signature = Base64Url.EncodeToString(RandomBytes(random, 96));

        // Of a payload's lengths, one in four is impossible: a segment of 4n + 1 characters decodes to nothing.
        var payloadLength = length - header.Length - signature.Length - 2;
        if (payloadLength % 4 == 1)
        {
            throw new ArgumentException("No token with this header and signature has this length.", nameof(length));
        }

        var payload = Base64Url.EncodeToString(RandomBytes(random, payloadLength * 3 / 4));
        return $"{header}.{payload}.{signature}";
    }

    /// <summary>Tokens with one fault each.</summary>
    public static IReadOnlyList<string> Malformed(int length)
    {
        var token = WellFormed(length);
        return
        [
            "",
            "...",
            token[..^1] + "!",
            token + "=",
            token.Replace('.', ','),
            token.Remove(token.LastIndexOf('.')),
            token.Insert(length / 2, " "),
            // In the header, where the framework's decoder would allocate.
            token.Insert(8, " "),
            token.Insert(8, "="),
            token.Remove(8, 2),
            "bm90IGpzb24" + token[token.IndexOf('.', StringComparison.Ordinal)..],
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes("""{"typ":"JWT"}""")) + token[token.IndexOf('.', StringComparison.Ordinal)..],
            new string('A', length),
        ];
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
