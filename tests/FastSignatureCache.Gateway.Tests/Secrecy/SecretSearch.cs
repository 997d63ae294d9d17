using System.Text;
using System.Text.Json;

namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>
/// Finds secrets in texts: whole, or any <see cref="PieceLength"/> characters of them in a row; as they are, percent-encoded, escaped for JSON,
/// and in base64, of UTF-8 or UTF-16, in either alphabet.
/// </summary>
internal sealed class SecretSearch
{
    public const int PieceLength = 16;

    // Whatever the case: that of percent-encodings and of escapes is not settled.
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string name, string secret)
    {
        Assert.True(secret.Length >= PieceLength, $"{name} is too short to be searched for.");
        foreach (var form in FormsOf(secret))
        {
            for (var i = 0; i + PieceLength <= form.Length; i++)
            {
                _names.TryAdd(form.Substring(i, PieceLength), name);
            }
        }
    }

    /// <summary>The names of the secrets that a text has something of, each with the piece.</summary>
    public IEnumerable<(string Name, string Piece)> FindIn(string text)
    {
        var names = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        var found = new Dictionary<string, string>();
        for (var i = 0; i + PieceLength <= text.Length; i++)
        {
            if (names.TryGetValue(text.AsSpan(i, PieceLength), out var name))
            {
                found.TryAdd(name, text.Substring(i, PieceLength));
            }
        }

        return found.Select(static pair => (pair.Key, pair.Value));
    }

    private static IEnumerable<string> FormsOf(string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        JsonEncodedText.Encode(secret).ToString(),
        .. Base64FormsOf(Encoding.UTF8.GetBytes(secret)),
        .. Base64FormsOf(Encoding.Unicode.GetBytes(secret)),
    ];

    // What stands before the secret decides at which of its bytes a group of four characters begins.
    private static IEnumerable<string> Base64FormsOf(byte[] secret)
    {
        for (var skipped = 0; skipped < 3; skipped++)
        {
            var whole = secret.AsSpan(skipped)[..((secret.Length - skipped) / 3 * 3)];
            var text = Convert.ToBase64String(whole);
            yield return text;
            yield return text.Replace('+', '-').Replace('/', '_');
        }
    }
}
