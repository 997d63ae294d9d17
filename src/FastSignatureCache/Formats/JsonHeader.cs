using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastSignatureCache;

/// <summary>
/// Reads a JOSE header: strict JSON (RFC 8259), UTF-8, one object, with exactly one <c>alg</c> that is a string.
/// </summary>
/// <remarks>
/// <see cref="System.Text.Json.Utf8JsonReader"/> would do, but reports a fault by an exception, which allocates; and faults are what
/// this check is for.
/// </remarks>
internal static class JsonHeader
{
    // As in System.Text.Json. Deeper nesting is refused, so that one integer holds what is open: a bit each, set for an object.
    private const int MaxDepth = 64;

    /// <summary>Whether the text is such a header.</summary>
    /// <param name="buffer">The text, then a NUL, then anything, up to a multiple of <see cref="QuoteFinder.Window"/>.</param>
    /// <param name="length">The text's length.</param>
    // Without vectors, what looks for plain headers first would cost more than it saves.
    public static bool HasStringAlgorithm(ReadOnlySpan<byte> buffer, int length) =>
        (Vector128.IsHardwareAccelerated && PlainHeader.HasAlgorithm(buffer, length)) || Walk(buffer[..(length + 1)]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Walk(ReadOnlySpan<byte> terminated)
    {
        var json = new JsonText(terminated);
        var at = json.SkipWhiteSpace(0);
        if (json[at] != '{')
        {
            return false;
        }

        var algorithms = 0;
        var depth = 0;
        var objects = 0UL;
        while (true)
        {
            // A value, or the opening of one; a fault in it leads to the text's end, where nothing is found that may follow.
            var opens = false;
            if (json[at] == '"')
            {
                at = json.EndOfString(at);
            }
            else if (json[at] is (byte)'{' or (byte)'[')
            {
                if (depth++ == MaxDepth)
                {
                    return false;
                }

                opens = true;
                objects = (objects << 1) | (json[at] == '{' ? 1UL : 0);
                at++;
            }
            else
            {
                at = JsonText.EndOfLiteral(json, at);
            }

            // What closes here; the outermost object ends the text.
            at = json.SkipWhiteSpace(at);
            while (json[at] == ((objects & 1) != 0 ? '}' : ']'))
            {
                opens = false;
                objects >>= 1;
                at = json.SkipWhiteSpace(at + 1);
                if (--depth == 0)
                {
                    return at == json.End && algorithms == 1;
                }
            }

            // On to the next value, in an object past its name.
            if (!opens)
            {
                if (json[at] != ',')
                {
                    return false;
                }

                at = json.SkipWhiteSpace(at + 1);
            }

            if ((objects & 1) == 0)
            {
                continue;
            }

            if (json[at] != '"')
            {
                return false;
            }

            var name = at + 1;
            var nameEnd = json.EndOfString(at);
            at = json.SkipWhiteSpace(nameEnd);
            if (json[at] != ':')
            {
                return false;
            }

            at = json.SkipWhiteSpace(at + 1);
            if (depth == 1 && IsAlgorithm(json[name..(nameEnd - 1)]) && (json[at] != '"' || ++algorithms > 1))
            {
                return false;
            }
        }
    }

    private static bool IsAlgorithm(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("alg"u8) || (name.Length > "alg".Length && IsEscapedAlgorithm(name));

    // The name may be written with escapes: "\u0061lg" is alg too.
    private static bool IsEscapedAlgorithm(ReadOnlySpan<byte> name)
    {
        foreach (var expected in "alg"u8)
        {
            if (name.IsEmpty)
            {
                return false;
            }

            var length = 1;
            int character = name[0];
            if (character == '\\')
            {
                // The string was read, so a \u is followed by its four digits.
                length = name[1] == 'u' ? 6 : 2;
                character = name[1] == 'u' && Utf8Parser.TryParse(name[2..6], out ushort code, out _, 'x') ? code : 0;
            }

            if (character != expected)
            {
                return false;
            }

            name = name[length..];
        }

        return name.IsEmpty;
    }
}
