using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace FastSignatureCache;

/// <summary>JSON text, and where those of its parts end that have no parts themselves.</summary>
/// <remarks>
/// A NUL stands after the text, where nothing may stand: so no step asks whether there is more. A method that meets a fault returns the
/// NUL's place, where whatever the caller expects next isn't found.
/// </remarks>
internal readonly ref struct JsonText(ReadOnlySpan<byte> terminated)
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', 0x60).Select(c => (byte)c).Except("\"\\"u8.ToArray())]);

    private readonly ReadOnlySpan<byte> _text = terminated;

    /// <summary>The place of the NUL.</summary>
    public int End => _text.Length - 1;

    public byte this[int at] => _text[at];

    public ReadOnlySpan<byte> this[Range range] => _text[range];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SkipWhiteSpace(int at)
    {
        // Seldom is there any: what is none is found out by one comparison.
        while (_text[at] <= ' ' && IsWhiteSpace(_text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Where the string ends whose opening quote is there.</summary>
    // A header's strings are too short for a vectorised search to pay.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int EndOfString(int at)
    {
        var start = ++at;
        while (Plain.Contains(_text[at]))
        {
            at++;
        }

        return _text[at] == '"' ? at + 1 : EndOfUnusualString(_text, start, at);
    }

    /// <summary>Where the number ends, or the <c>true</c>, <c>false</c> or <c>null</c>, that starts there.</summary>
    /// <remarks>Static, and given a copy: a call on the text itself would take its address, and it would stay in memory for good.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int EndOfLiteral(JsonText text, int at) => text[at] switch
    {
        (byte)'t' => text.EndOf("true"u8, at),
        (byte)'f' => text.EndOf("false"u8, at),
        (byte)'n' => text.EndOf("null"u8, at),
        _ => text.EndOfNumber(at),
    };

    // Outside strings all is ASCII: so the text is UTF-8 if its strings are.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int EndOfUnusualString(ReadOnlySpan<byte> text, int start, int at)
    {
        while (text[at] != '"')
        {
            var length = text[at] switch
            {
                < (byte)' ' => 0,
                (byte)'\\' => EscapeLength(text[(at + 1)..]),
                _ => 1,
            };
            if (length == 0)
            {
                return text.Length - 1;
            }

            at += length;
        }

        return Utf8.IsValid(text[start..at]) ? at + 1 : text.Length - 1;
    }

    // With the backslash; 0 if there is no such escape.
    private static int EscapeLength(ReadOnlySpan<byte> rest)
    {
        if (rest[0] != 'u')
        {
            return "\"\\/bfnrt"u8.Contains(rest[0]) ? 2 : 0;
        }

        for (var i = 1; i <= 4; i++)
        {
            if (!char.IsAsciiHexDigit((char)rest[i]))
            {
                return 0;
            }
        }

        return 6;
    }

    private static bool IsWhiteSpace(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private int EndOf(ReadOnlySpan<byte> word, int at) => _text[at..].StartsWith(word) ? at + word.Length : End;

    private int EndOfNumber(int at)
    {
        at += _text[at] == '-' ? 1 : 0;
        at = _text[at] == '0' ? at + 1 : EndOfDigits(at);
        if (_text[at] == '.')
        {
            at = EndOfDigits(at + 1);
        }

        if (_text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at = EndOfDigits(_text[at] is (byte)'+' or (byte)'-' ? at + 1 : at);
        }

        return at;
    }

    // At least one.
    private int EndOfDigits(int at)
    {
        var start = at;
        while (char.IsAsciiDigit((char)_text[at]))
        {
            at++;
        }

        return at > start ? at : End;
    }
}
