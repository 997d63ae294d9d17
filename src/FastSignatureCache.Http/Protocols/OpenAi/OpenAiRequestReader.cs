using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>Reads a chat completions request body.</summary>
internal ref struct OpenAiRequestReader(Transcript transcript, ReadOnlySpan<byte> body, OpenAiDialect dialect)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private Utf8JsonReader _reader = new(body, ContentHash.ReaderOptions);

    /// <exception cref="JsonException">The body is malformed.</exception>
    public void Read()
    {
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
            else if (!transcript.ConversationId.TryRead(ref _reader))
            {
                _reader.SkipValue();
            }
        }

        // What follows the object would make the body malformed, and the reader throws then.
        _reader.Read();
        transcript.End();
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
        var extra = new ExtraContent(dialect);
        var details = new ReasoningDetails();
        while (_reader.ReadMember())
        {
            if (_reader.ValueTextEquals("role"u8))
            {
                _reader.Read();
                role = RoleOf(ref _reader);
                _reader.Skip();
            }
            else if (_reader.ValueTextEquals("content"u8))
            {
                ReadContent();
            }
            else if (_reader.ValueTextEquals("tool_calls"u8))
            {
                ReadToolCalls();
            }
            else if (_reader.ValueTextEquals("extra_content"u8))
            {
                extra.Read(ref _reader);
            }
            else if (_reader.ValueTextEquals("reasoning_details"u8))
            {
                details.Read(ref _reader);
            }
            else
            {
                _reader.SkipValue();
            }
        }

        EndMessage(role, extra, details, (int)_reader.TokenStartIndex);
    }

    /// <summary>Gives the parts what only the whole message tells: signatures that stand on it, and where one would go.</summary>
    private readonly void EndMessage(Role role, in ExtraContent extra, in ReasoningDetails details, int end)
    {
        List<TranscriptPart> parts = transcript.Parts;
        bool isSigned = extra.IsSigned || details.IsSigned;
        for (int i = 0; i < parts.Count; i++)
        {
            parts[i] = parts[i] with
            {
                IsSigned = isSigned,
                SignHere = dialect.UsesReasoningDetails ? OpenAiDialect.AddDetail(details, end, null) : extra.Edit(end),
            };
        }

        if (isSigned)
        {
            parts.Add(new TranscriptPart { Kind = PartKind.Thought, IsSigned = true });
        }

        foreach (TranscriptPart call in transcript.LaterParts)
        {
            parts.Add(dialect.UsesReasoningDetails
                ? call with { SignHere = OpenAiDialect.AddDetail(details, end, call.CallId) }
                : call);
        }

        transcript.LaterParts.Clear();
        transcript.EndEntry(role, _body);
    }

    private void ReadContent()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.String)
        {
            AddText();
        }
        else if (_reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.ReadElement())
            {
                ReadContentPart();
            }
        }
        else
        {
            _reader.Skip();
        }
    }

    private void ReadContentPart()
    {
        if (_reader.TokenType == JsonTokenType.String)
        {
            AddText();
            return;
        }

        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return;
        }

        Utf8JsonReader start = _reader;
        bool isText = false;
        while (_reader.ReadMember())
        {
            bool isTextMember = _reader.ValueTextEquals("text"u8);
            _reader.Read();
            if (isTextMember && _reader.TokenType == JsonTokenType.String)
            {
                isText = true;
                AddText();
            }

            _reader.Skip();
        }

        if (!isText)
        {
            transcript.Parts.Add(new TranscriptPart { Kind = PartKind.Other, Hash = transcript.Hash.Value(ref start) });
        }
    }

    private readonly void AddText() => transcript.Parts.Add(new TranscriptPart
    {
        Kind = PartKind.Text,
        TextStart = (int)_reader.TokenStartIndex,
        TextLength = (int)(_reader.BytesConsumed - _reader.TokenStartIndex),
    });

    private void ReadToolCalls()
    {
        if (!_reader.ReadArray())
        {
            return;
        }

        while (_reader.ReadObjectElement())
        {
            ReadToolCall();
        }
    }

    private void ReadToolCall()
    {
        string? id = null;
        UInt128 call = default;
        var extra = new ExtraContent(dialect);
        while (_reader.ReadMember())
        {
            if (_reader.ValueTextEquals("id"u8))
            {
                _reader.Read();
                id = _reader.TryGetText() is { Length: > 0 } text ? text : null;
                _reader.Skip();
            }
            else if (_reader.ValueTextEquals("function"u8))
            {
                call = ReadFunction();
            }
            else if (_reader.ValueTextEquals("extra_content"u8))
            {
                extra.Read(ref _reader);
            }
            else
            {
                _reader.SkipValue();
            }
        }

        transcript.LaterParts.Add(new TranscriptPart
        {
            Kind = PartKind.Call,
            Hash = call,
            CallId = id,
            IsSigned = extra.IsSigned,
            SignHere = extra.Edit((int)_reader.TokenStartIndex),
        });
    }

    private UInt128 ReadFunction()
    {
        UInt128 name = 0;
        UInt128? arguments = null;
        if (!_reader.ReadObject())
        {
            return 0;
        }

        while (_reader.ReadMember())
        {
            if (_reader.ValueTextEquals("name"u8))
            {
                _reader.Read();
                name = transcript.Hash.Value(ref _reader);
            }
            else if (_reader.ValueTextEquals("arguments"u8))
            {
                _reader.Read();
                arguments = _reader.TokenType == JsonTokenType.String
                    ? transcript.Hash.EmbeddedValue(ref _reader)
                    : transcript.Hash.Value(ref _reader);
            }
            else
            {
                _reader.SkipValue();
            }
        }

        return transcript.Hash.Call(name, arguments);
    }

    private static Role RoleOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return Role.User;
        }

        return reader.ValueTextEquals("assistant"u8) ? Role.Model
            : reader.ValueTextEquals("tool"u8) || reader.ValueTextEquals("function"u8) ? Role.Tool
            : reader.ValueTextEquals("system"u8) || reader.ValueTextEquals("developer"u8) ? Role.System
            : Role.User;
    }
}
