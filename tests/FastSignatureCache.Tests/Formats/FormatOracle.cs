using System.Text;
using System.Text.Json;

namespace FastSignatureCache.Tests.Formats;

/// <summary>The same rules as the engine's, written for obviousness: slow, allocating, by other means.</summary>
internal static class FormatOracle
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Garbage = "AQg048-_+/=. \n\"\u00e9\u0141\0~";

    public static bool IsJwt(string token)
    {
        var segments = token.Split('.');
        return segments.Length == 3
            && segments[1].Length > 0
            && segments[2].Length > 0
            && segments.All(IsBase64Url)
            && IsHeader(segments[0]);
    }

    public static bool IsBase64Url(string segment) => Decode(segment, "-_") is not null;

    /// <summary>Whether base64url is one JSON object with exactly one <c>alg</c>, a string.</summary>
    public static bool IsHeader(string segment)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Decode(segment, "-_")!);
            using var header = JsonDocument.Parse(text);
            return header.RootElement.ValueKind == JsonValueKind.Object
                && header.RootElement.EnumerateObject().Where(member => member.Name == "alg").ToList() is [{ Value.ValueKind: JsonValueKind.String }];
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException)
        {
            return false;
        }
    }

    public static bool IsThoughtSignature(string text)
    {
        var unpadded = text.TrimEnd('=');
        var padding = text.Length - unpadded.Length;
        return text.Length >= 50
            && (padding == 0 || (padding <= 2 && text.Length % 4 == 0))
            && (Decode(unpadded, "+/") ?? Decode(unpadded, "-_")) is not null;
    }

    /// <summary>Breaks a text in up to three places, or leaves it.</summary>
    public static string Mutate(string text, int seed)
    {
        var random = new Random(seed);
        for (var i = random.Next(4); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            var character = random.Next(3) == 0 ? Garbage[random.Next(Garbage.Length)] : Alphanumeric[random.Next(Alphanumeric.Length)];
            text = random.Next(4) switch
            {
                0 => text[..at],
                1 => text.Remove(at, 1),
                2 => text.Insert(at, character.ToString()),
                _ => text[..at] + character + text[(at + 1)..],
            };
        }

        return text;
    }

    // By the framework's own decoder, and only if encoding gives the very same text again: that is what canonical means.
    private static byte[]? Decode(string unpadded, string specials)
    {
        if (unpadded.Any(c => !(Alphanumeric + specials).Contains(c, StringComparison.Ordinal)) || unpadded.Length % 4 == 1)
        {
            return null;
        }

        var standard = unpadded.Replace('-', '+').Replace('_', '/');
        var bytes = Convert.FromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='));
        return Convert.ToBase64String(bytes).TrimEnd('=') == standard ? bytes : null;
    }
}
