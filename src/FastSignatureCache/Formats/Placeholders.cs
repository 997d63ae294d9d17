using System.Text;

namespace FastSignatureCache;

/// <summary>
/// The values that providers document as "skip the check": not signatures, though they stand where one would.
/// Source: ai.google.dev, Gemini API, "Thought signatures".
/// </summary>
internal static class Placeholders
{
    private static readonly string[] Literals = ["skip_thought_signature_validator", "context_engineering_is_the_way_to_go"];
    private static readonly string[] Texts = [.. Literals.SelectMany(Forms).Distinct()];
    private static readonly byte[][] Utf8Texts = [.. Texts.Select(Encoding.ASCII.GetBytes)];

    public static bool Contains(ReadOnlySpan<char> text)
    {
        foreach (var candidate in Texts)
        {
            if (text.SequenceEqual(candidate))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Contains(ReadOnlySpan<byte> utf8Text)
    {
        foreach (var candidate in Utf8Texts)
        {
            if (utf8Text.SequenceEqual(candidate))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Forms(string literal)
    {
        var standard = Convert.ToBase64String(Encoding.ASCII.GetBytes(literal));
        var urlSafe = standard.Replace('+', '-').Replace('/', '_');
        return [literal, standard, standard.TrimEnd('='), urlSafe, urlSafe.TrimEnd('=')];
    }
}
