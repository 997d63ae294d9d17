using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.Anthropic;

/// <summary>The members of a content block in a request. Copies of the reader remember where the values are.</summary>
internal ref struct ContentBlock
{
    public Utf8JsonReader Text;

    private Utf8JsonReader _content;
    private Utf8JsonReader _input;
    private Utf8JsonReader _name;
    private readonly bool _isError;

    /// <summary>Reads the object that the reader stands on; leaves the reader on its last token.</summary>
    public ContentBlock(ref Utf8JsonReader reader)
    {
        Start = (int)reader.TokenStartIndex;
        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                Type = reader.TryGetText();
            }
            else if (reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("tool_use_id"u8))
            {
                reader.Read();
                Id = reader.TryGetText();
            }
            else if (reader.ValueTextEquals("is_error"u8))
            {
                reader.Read();
                _isError = reader.TokenType == JsonTokenType.True;
            }
            else
            {
                bool isText = reader.ValueTextEquals("text"u8);
                bool isContent = reader.ValueTextEquals("content"u8);
                bool isInput = reader.ValueTextEquals("input"u8);
                bool isName = reader.ValueTextEquals("name"u8);
                reader.Read();
                Text = isText ? reader : Text;
                _content = isContent ? reader : _content;
                _input = isInput ? reader : _input;
                _name = isName ? reader : _name;
            }

            reader.Skip();
        }
    }

    public int Start { get; }

    public string? Type { get; }

    /// <summary>Its own id, or that of the call whose result it is.</summary>
    public string? Id { get; }

    public UInt128 HashOfCall(ContentHash hash)
    {
        UInt128 name = _name.TokenType == JsonTokenType.None ? 0 : hash.Value(ref _name);
        return hash.Call(name, _input.TokenType == JsonTokenType.None ? null : hash.Value(ref _input));
    }

    public UInt128 HashOfResult(ContentHash hash)
    {
        UInt128 result = _content.TokenType == JsonTokenType.None ? 0 : hash.Value(ref _content, AnthropicRequestReader.CacheControl);
        return hash.Mix((byte)(_isError ? '!' : 'r'), result, 0);
    }
}
