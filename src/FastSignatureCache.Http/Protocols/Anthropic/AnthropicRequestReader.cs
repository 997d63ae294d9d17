using System.Text.Json;
using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.Anthropic;

/// <summary>Reads the body of a request for a message.</summary>
internal ref struct AnthropicRequestReader(Transcript transcript, ReadOnlySpan<byte> body)
{
    private static readonly byte[] Disabled = "{\"type\":\"disabled\"}"u8.ToArray();

    private readonly ReadOnlySpan<byte> _body = body;
    private readonly AnthropicMessage _message = new(transcript);
    private Utf8JsonReader _reader = new(body, ContentHash.ReaderOptions);

    /// <summary>Clients move it from message to message, and it says nothing to the model.</summary>
    public static ReadOnlySpan<byte> CacheControl => "cache_control"u8;

    /// <exception cref="JsonException">The body is malformed.</exception>
    public void Read()
    {
        transcript.SignsThinking = true;
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A request is an object.");
        }

        while (_reader.ReadMember())
        {
            if (_reader.ValueTextEquals("model"u8))
            {
                _reader.Read();
                transcript.Model = _reader.TryGetText();
                _reader.Skip();
            }
            else if (_reader.ValueTextEquals("messages"u8))
            {
                ReadMessages();
            }
            else if (_reader.ValueTextEquals("system"u8))
            {
                ReadSystem();
            }
            else if (_reader.ValueTextEquals("tools"u8))
            {
                _reader.Read();
                transcript.Tools = transcript.Hash.Value(ref _reader, CacheControl);
            }
            else if (_reader.ValueTextEquals("thinking"u8))
            {
                ReadThinking();
            }
            else if (!transcript.ConversationId.TryRead(ref _reader))
            {
                _reader.SkipValue();
            }
        }

        // What follows the object would make the body malformed, and the reader throws then.
        _reader.Read();
        transcript.End();
    }

    private void ReadThinking()
    {
        _reader.Read();
        int start = (int)_reader.TokenStartIndex;
        bool isOn = _reader.TokenType == JsonTokenType.StartObject;
        if (isOn)
        {
            while (_reader.ReadMember())
            {
                bool isType = _reader.ValueTextEquals("type"u8);
                _reader.Read();
                isOn &= !isType || (_reader.TokenType == JsonTokenType.String && !_reader.ValueTextEquals("disabled"u8));
                _reader.Skip();
            }
        }

        _reader.Skip();
        transcript.Thinking.IsOn = isOn;
        transcript.Thinking.TurnOff = new BodyEdit(start, (int)_reader.BytesConsumed - start, Disabled, []);
    }

    private void ReadSystem()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            transcript.AddInstructions(
                _reader.TokenType == JsonTokenType.String ? transcript.Hash.Text(ref _reader) : transcript.Hash.Value(ref _reader));
            return;
        }

        while (_reader.ReadElement())
        {
            transcript.AddInstructions(HashOfBlock());
        }
    }

    /// <summary>A text block counts as its text, so that a string says the same as a block that holds it.</summary>
    private UInt128 HashOfBlock()
    {
        Utf8JsonReader block = _reader;
        UInt128 hash = transcript.Hash.Value(ref _reader, CacheControl);
        if (block.TokenType != JsonTokenType.StartObject)
        {
            return hash;
        }

        while (block.ReadMember())
        {
            bool isText = block.ValueTextEquals("text"u8);
            block.Read();
            if (isText && block.TokenType == JsonTokenType.String)
            {
                return transcript.Hash.Text(ref block);
            }

            block.Skip();
        }

        return hash;
    }

    private void ReadMessages()
    {
        if (!_reader.ReadArray())
        {
            return;
        }

        while (_reader.ReadObjectElement())
        {
            ReadMessage();
        }
    }

    private void ReadMessage()
    {
        Role role = Role.User;
        Utf8JsonReader content = default;
        while (_reader.ReadMember())
        {
            if (_reader.ValueTextEquals("role"u8))
            {
                _reader.Read();
                role = _reader.TokenType == JsonTokenType.String && _reader.ValueTextEquals("assistant"u8) ? Role.Model : Role.User;
            }
            else if (_reader.ValueTextEquals("content"u8))
            {
                _reader.Read();
                // The role may come after the content: a copy of the reader remembers the place.
                content = _reader;
            }
            else
            {
                _reader.Read();
            }

            _reader.Skip();
        }

        _message.Read(ref content, role);
        transcript.EndEntry(role, _body);
    }
}
