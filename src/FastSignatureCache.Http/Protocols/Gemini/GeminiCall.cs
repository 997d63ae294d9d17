using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.Gemini;

/// <summary>Reads <c>functionCall</c> and <c>functionResponse</c> objects, alike in requests and answers.</summary>
internal static class GeminiCall
{
    /// <summary>The call's identity and its id, if it has one.</summary>
    public static (UInt128 Call, string? CallId) Read(ref Utf8JsonReader reader, ContentHash hash)
    {
        UInt128 name = 0;
        UInt128? arguments = null;
        string? id = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return (hash.Value(ref reader), null);
        }

        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                name = hash.Value(ref reader);
            }
            else if (reader.ValueTextEquals("args"u8))
            {
                reader.Read();
                arguments = reader.TokenType == JsonTokenType.Null ? null : hash.Value(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.TryGetText() is { Length: > 0 } text ? text : null;
                reader.Skip();
            }
            else
            {
                reader.SkipValue();
            }
        }

        return (hash.Call(name, arguments), id);
    }

    /// <summary>What a result says, without the id that clients add or drop.</summary>
    public static UInt128 ReadResponse(ref Utf8JsonReader reader, ContentHash hash)
    {
        UInt128 result = 0;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return hash.Value(ref reader);
        }

        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.SkipValue();
                continue;
            }

            UInt128 name = hash.Text(ref reader);
            reader.Read();
            result += hash.Mix((byte)':', name, hash.Value(ref reader));
        }

        return result;
    }
}
