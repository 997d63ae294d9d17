using System.Text.Json;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>One encrypted entry of <c>reasoning_details</c>; <see cref="Data"/> is null for any other.</summary>
internal readonly record struct ReasoningDetail(string? Id, string? Data, int DataStart, int DataLength)
{
    /// <summary>Reads the array element that the reader stands on.</summary>
    public static ReasoningDetail Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return default;
        }

        string? id = null;
        string? data = null;
        int start = 0;
        int length = 0;
        bool isEncrypted = false;
        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isEncrypted = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("reasoning.encrypted"u8);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.TryGetText();
            }
            else if (reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                data = reader.TryGetText();
                start = (int)reader.TokenStartIndex;
                length = (int)reader.BytesConsumed - start;
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        return isEncrypted ? new ReasoningDetail(id, data, start, length) : default;
    }
}
