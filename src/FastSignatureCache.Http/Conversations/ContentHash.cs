using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// Hashes conversation content so that what means the same hashes the same: JSON regardless of member order, white space,
/// escapes and the spelling of numbers; text regardless of how it was escaped. Keyed by a secret seed, so that nobody can
/// prepare content that collides. Not thread-safe: it owns scratch buffers.
/// </summary>
internal sealed class ContentHash(long seed)
{
    /// <summary>Deeper documents are not hashed: reading them throws <see cref="JsonException"/>.</summary>
    public const int MaxDepth = 128;

    private readonly Utf8Scratch _text = new();
    private readonly Utf8Scratch _embedded = new();

    public static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = MaxDepth };

    public UInt128 Text(ReadOnlySpan<byte> utf8) => XxHash128.HashToUInt128(utf8, seed);

    /// <summary>The hash of the string token that the reader stands on.</summary>
    public UInt128 Text(ref Utf8JsonReader reader) => Text(Unescape(ref reader));

    /// <summary>The text of the string token that the reader stands on, valid until the next call of any method here.</summary>
    public ReadOnlySpan<byte> Unescape(ref Utf8JsonReader reader) => _text.Text(ref reader);

    /// <summary>The text of a whole string token, quotes included, valid until the next call of any method here.</summary>
    public ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> token) => _text.Text(token);

    public UInt128 CallId(string id) => Mix((byte)'#', Text(MemoryMarshal.AsBytes(id.AsSpan())), 0);

    public UInt128 Mix(byte tag, UInt128 first, UInt128 second)
    {
        Span<byte> bytes = stackalloc byte[33];
        bytes[0] = tag;
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[1..], first);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[17..], second);
        return XxHash128.HashToUInt128(bytes, seed);
    }

    /// <summary>What identifies a call besides its id: its name and its arguments, absent ones being an empty object.</summary>
    public UInt128 Call(UInt128 name, UInt128? arguments) => Mix((byte)'c', name, arguments ?? EmptyObject);

    /// <summary>The hash of the JSON value that the reader stands on; leaves the reader on the value's last token.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="ignored">The name of members that don't count, at any depth; empty for none.</param>
    /// <exception cref="JsonException">The value is malformed or nested deeper than <see cref="MaxDepth"/>.</exception>
    public UInt128 Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> ignored = default)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                // Summing the members' hashes makes their order irrelevant without sorting them.
                UInt128 members = 0;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    if (!ignored.IsEmpty && reader.ValueTextEquals(ignored))
                    {
                        reader.SkipValue();
                        continue;
                    }

                    UInt128 name = Text(ref reader);
                    reader.Read();
                    members += Mix((byte)':', name, Value(ref reader, ignored));
                }

                return Mix((byte)'{', members, 0);
            case JsonTokenType.StartArray:
                UInt128 elements = 0;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    elements = Mix((byte)',', elements, Value(ref reader, ignored));
                }

                return Mix((byte)'[', elements, 0);
            case JsonTokenType.String:
                return Mix((byte)'"', Text(ref reader), 0);
            case JsonTokenType.Number:
                return Number(ref reader);
            default:
                return Mix((byte)reader.TokenType, 0, 0);
        }
    }

    /// <summary>The hash of JSON that travels inside a string, as OpenAI's call arguments do; by its text when it is no JSON.</summary>
    public UInt128 EmbeddedValue(ref Utf8JsonReader reader) => EmbeddedValue(_embedded.Text(ref reader));

    /// <inheritdoc cref="EmbeddedValue(ref Utf8JsonReader)"/>
    public UInt128 EmbeddedValue(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return EmptyObject;
        }

        try
        {
            var reader = new Utf8JsonReader(utf8, ReaderOptions);
            reader.Read();
            UInt128 hash = Value(ref reader);
            return reader.Read() ? Text(utf8) : hash;
        }
        catch (JsonException)
        {
            return Text(utf8);
        }
    }

    public void Release()
    {
        _text.Release();
        _embedded.Release();
    }

    private UInt128 EmptyObject => Mix((byte)'{', 0, 0);

    private UInt128 Number(ref Utf8JsonReader reader)
    {
        // 5, 5.0 and 5e0 are one number to JSON, and clients that parse and write again change between them.
        if (reader.TryGetInt64(out long integer))
        {
            return Mix((byte)'i', unchecked((ulong)integer), 0);
        }

        if (reader.TryGetDecimal(out decimal number))
        {
            if (decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue)
            {
                return Mix((byte)'i', unchecked((ulong)decimal.ToInt64(number)), 0);
            }

            // A double's shortest form is what most parsers write back.
            return Mix((byte)'d', BitConverter.DoubleToUInt64Bits((double)number), 0);
        }

        return reader.TryGetDouble(out double real)
            ? Mix((byte)'d', BitConverter.DoubleToUInt64Bits(real), 0)
            : Mix((byte)'#', Text(reader.ValueSpan), 0);
    }
}
