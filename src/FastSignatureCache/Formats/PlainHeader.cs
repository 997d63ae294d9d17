using System.Runtime.CompilerServices;

namespace FastSignatureCache;

/// <summary>
/// Recognises a JOSE header of the kind that issuers write: an object whose members are all strings, in ASCII, without escapes and white
/// space, one of them <c>alg</c>.
/// </summary>
/// <remarks>Only the places of the quotes matter in it, and those are found by vectors. What isn't plain may be right all the same.</remarks>
internal static class PlainHeader
{
    /// <summary>Whether the text is such a header.</summary>
    /// <param name="buffer">The text, then a NUL, then anything, up to a multiple of <see cref="QuoteFinder.Window"/>.</param>
    /// <param name="length">The text's length.</param>
    // Apart, because the runtime gives up on optimising a method that much is inlined into.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool HasAlgorithm(ReadOnlySpan<byte> buffer, int length)
    {
        if (buffer[0] != '{')
        {
            return false;
        }

        // After the last quote the next one is at -1, and what follows that is the opening brace, which may follow none.
        var quotes = new QuoteFinder(buffer, length);
        var algorithms = 0;
        var separator = 0;
        do
        {
            var name = separator + 1;
            if (quotes.Next() != name)
            {
                return false;
            }

            var colon = quotes.Next() + 1;
            if (buffer[colon] != ':' || quotes.Next() != colon + 1)
            {
                return false;
            }

            algorithms += buffer[name..colon].SequenceEqual("\"alg\""u8) ? 1 : 0;
            separator = quotes.Next() + 1;
        }
        while (buffer[separator] == ',');

        return buffer[separator] == '}' && separator == length - 1 && algorithms == 1;
    }
}
