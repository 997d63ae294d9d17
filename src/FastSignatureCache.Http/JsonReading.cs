using System.Text.Json;

namespace FastSignatureCache.Http;

/// <summary>Reading habits that all protocols share.</summary>
internal static class JsonReading
{
    /// <summary>The current string token as text; null for any other token and for text that is not valid Unicode.</summary>
    public static string? TryGetText(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Moves to the next member of the current object; false at its end.</summary>
    public static bool ReadMember(this ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves to the next element of the current array; false at its end.</summary>
    public static bool ReadElement(this ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Moves to the next element of the current array that is an object, past all others; false at its end.</summary>
    public static bool ReadObjectElement(this ref Utf8JsonReader reader)
    {
        while (reader.ReadElement())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>Moves to the current member's value: true when it is an object, which the caller then reads; else it is skipped.</summary>
    public static bool ReadObject(this ref Utf8JsonReader reader) => reader.ReadStart(JsonTokenType.StartObject);

    /// <summary>Moves to the current member's value: true when it is an array, which the caller then reads; else it is skipped.</summary>
    public static bool ReadArray(this ref Utf8JsonReader reader) => reader.ReadStart(JsonTokenType.StartArray);

    /// <summary>Passes over the current member's value.</summary>
    public static void SkipValue(this ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>
    /// Whether the current token is a signature of the client's own: not null, not empty, and none of the placeholders that
    /// stand for one.
    /// </summary>
    public static bool IsOwnSignature(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped)
        {
            return !reader.ValueSpan.IsEmpty && !ThoughtSignature.IsPlaceholder(reader.ValueSpan);
        }

        return reader.TryGetText() is { Length: > 0 } text && !ThoughtSignature.IsPlaceholder(text);
    }

    /// <summary>Whether the current token says why the model stopped. Some upstreams send an empty reason while it goes on.</summary>
    public static bool IsFinishReason(this ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String
        && !reader.ValueSpan.IsEmpty
        && !reader.ValueTextEquals("FINISH_REASON_UNSPECIFIED"u8);

    private static bool ReadStart(this ref Utf8JsonReader reader, JsonTokenType start)
    {
        reader.Read();
        if (reader.TokenType == start)
        {
            return true;
        }

        reader.Skip();
        return false;
    }
}
