using System.Text.Json;

namespace FastSignatureCache.Http.Conversations;

/// <summary>The most trusted of the conversation ids that a request body carries.</summary>
internal sealed class BodyConversationId
{
    /// <summary>What clients in the field call it, most trusted first; the last one is a member of <c>metadata</c>.</summary>
    private static readonly string[] Names = ["session_id", "sessionId", "conversation_id", "prompt_cache_key", UserIdName];

    private const string UserIdName = "user_id";

    private int _rank = Names.Length;

    public string? Value { get; private set; }

    /// <summary>Reads the top-level member that the reader stands on (its name), if it is one that carries an id.</summary>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("metadata"u8))
        {
            reader.Read();
            ReadMetadata(ref reader);
            return true;
        }

        for (int rank = 0; rank < Names.Length - 1; rank++)
        {
            if (reader.ValueTextEquals(Names[rank]))
            {
                reader.Read();
                Offer(ref reader, rank);
                return true;
            }
        }

        return false;
    }

    public void Reset()
    {
        _rank = Names.Length;
        Value = null;
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            bool isUserId = reader.ValueTextEquals(UserIdName);
            reader.Read();
            if (isUserId)
            {
                Offer(ref reader, Names.Length - 1);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void Offer(ref Utf8JsonReader reader, int rank)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return;
        }

        if (rank < _rank && reader.TryGetText() is { Length: > 0 } id)
        {
            _rank = rank;
            Value = id;
        }
    }
}
