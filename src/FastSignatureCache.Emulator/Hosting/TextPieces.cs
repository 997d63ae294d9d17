namespace FastSignatureCache.Emulator.Hosting;

/// <summary>Cuts a text into the pieces of a stream.</summary>
internal static class TextPieces
{
    public static IEnumerable<string> Of(string text, int length)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + length, text.Length);
            // Half a surrogate pair is not a character: written as JSON, both halves would be replaced and the text be another.
            if (end < text.Length && char.IsSurrogatePair(text[end - 1], text[end]))
                end++;
            yield return text[start..end];
            start = end;
        }
    }
}
