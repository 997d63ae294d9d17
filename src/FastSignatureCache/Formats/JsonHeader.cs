using System.Buffers;
using System.Text.Unicode;

namespace FastSignatureCache;

/// <summary>
/// Reads a JOSE header: strict JSON (RFC 8259), UTF-8, one object, with exactly one <c>alg</c> that is a string.
/// </summary>
/// <remarks>
/// <see cref="System.Text.Json.Utf8JsonReader"/> would do, but reports a fault by an exception, which allocates; and faults are what
/// this check is for.
/// </remarks>
internal ref struct JsonHeader
{
    // As in System.Text.Json. Deeper nesting is refused, so that the recursion is bounded.
    private const int MaxDepth = 64;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (byte)c), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json;
    private int _at;

    private JsonHeader(ReadOnlySpan<byte> json) => _json = json;

    public static bool HasStringAlgorithm(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new JsonHeader(utf8Json);
        return Utf8.IsValid(utf8Json) && reader.ReadHeader();
    }

    private bool ReadHeader()
    {
        SkipWhiteSpace();
        if (!ReadObject(depth: 1, out var algorithms) || algorithms != 1)
        {
            return false;
        }

        SkipWhiteSpace();
        return _at == _json.Length;
    }

    // Counts the members named alg; one that is not a string is a fault of the header, at the top level.
    private bool ReadObject(int depth, out int algorithms)
    {
        algorithms = 0;
        if (!Take('{'))
        {
            return false;
        }

        SkipWhiteSpace();
        if (Take('}'))
        {
            return true;
        }

        do
        {
            SkipWhiteSpace();
            var nameStart = _at + 1;
            if (!ReadString())
            {
                return false;
            }

            var isAlgorithm = IsAlgorithmName(_json[nameStart..(_at - 1)]);
            SkipWhiteSpace();
            if (!Take(':'))
            {
                return false;
            }

            SkipWhiteSpace();
            if (isAlgorithm)
            {
                algorithms++;
                if (depth == 1 && Peek() != '"')
                {
                    return false;
                }
            }

            if (!ReadValue(depth))
            {
                return false;
            }

            SkipWhiteSpace();
        }
        while (Take(','));

        return Take('}');
    }

    private bool ReadArray(int depth)
    {
        _at++;
        SkipWhiteSpace();
        if (Take(']'))
        {
            return true;
        }

        do
        {
            SkipWhiteSpace();
            if (!ReadValue(depth))
            {
                return false;
            }

            SkipWhiteSpace();
        }
        while (Take(','));

        return Take(']');
    }

    private bool ReadValue(int depth) => Peek() switch
    {
        '"' => ReadString(),
        '{' => depth < MaxDepth && ReadObject(depth + 1, out _),
        '[' => depth < MaxDepth && ReadArray(depth + 1),
        't' => TakeAll("true"u8),
        'f' => TakeAll("false"u8),
        'n' => TakeAll("null"u8),
        _ => ReadNumber(),
    };

    private bool ReadString()
    {
        if (!Take('"'))
        {
            return false;
        }

        while (true)
        {
            var stop = _json[_at..].IndexOfAny(StringStops);
            if (stop < 0)
            {
                return false;
            }

            _at += stop;
            if (Take('"'))
            {
                return true;
            }

            if (!Take('\\') || !ReadEscape())
            {
                return false;
            }
        }
    }

    private bool ReadEscape()
    {
        var kind = Peek();
        _at++;
        if (kind != 'u')
        {
            return kind > 0 && "\"\\/bfnrt"u8.Contains((byte)kind);
        }

        for (var i = 0; i < 4; i++, _at++)
        {
            if (Peek() is not (>= '0' and <= '9' or >= 'a' and <= 'f' or >= 'A' and <= 'F'))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadNumber()
    {
        Take('-');
        if (!Take('0') && !TakeDigits())
        {
            return false;
        }

        if (Take('.') && !TakeDigits())
        {
            return false;
        }

        if (Take('e') || Take('E'))
        {
            _ = Take('+') || Take('-');
            return TakeDigits();
        }

        return true;
    }

    // The name may be written with escapes: "\u0061lg" is alg too.
    private static bool IsAlgorithmName(ReadOnlySpan<byte> name)
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
                character = name[1] == 'u' && System.Buffers.Text.Utf8Parser.TryParse(name[2..6], out ushort code, out _, 'x') ? code : 0;
            }

            if (character != expected)
            {
                return false;
            }

            name = name[length..];
        }

        return name.IsEmpty;
    }

    private readonly int Peek() => _at < _json.Length ? _json[_at] : -1;

    private bool Take(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool TakeAll(ReadOnlySpan<byte> expected)
    {
        if (!_json[_at..].StartsWith(expected))
        {
            return false;
        }

        _at += expected.Length;
        return true;
    }

    private bool TakeDigits()
    {
        var start = _at;
        while (Peek() is >= '0' and <= '9')
        {
            _at++;
        }

        return _at > start;
    }

    private void SkipWhiteSpace()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }
    }
}
