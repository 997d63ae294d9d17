using System.Runtime.InteropServices;
using System.Text.Json;
using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.Gemini;

/// <summary>Reads a <c>generateContent</c> body. Both spellings of every name are Google's: camelCase and snake_case.</summary>
internal ref struct GeminiRequestReader(Transcript transcript, ReadOnlySpan<byte> body)
{
    private static readonly byte[] Camel = ",\"thoughtSignature\":\""u8.ToArray();
    private static readonly byte[] Snake = ",\"thought_signature\":\""u8.ToArray();
    private static readonly byte[] CamelPart = ",{\"text\":\"\",\"thoughtSignature\":\""u8.ToArray();
    private static readonly byte[] SnakePart = ",{\"text\":\"\",\"thought_signature\":\""u8.ToArray();
    private static readonly byte[] Quote = "\""u8.ToArray();
    private static readonly byte[] QuoteAndEnd = "\"}"u8.ToArray();

    private readonly ReadOnlySpan<byte> _body = body;
    private Utf8JsonReader _reader = new(body, ContentHash.ReaderOptions);
    private bool _isSnakeCase;

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
            if (_reader.ValueTextEquals("contents"u8))
            {
                ReadContents();
            }
            else if (Is("systemInstruction"u8, "system_instruction"u8))
            {
                _reader.Read();
                transcript.AddInstructions(transcript.Hash.Value(ref _reader));
            }
            else if (!transcript.ConversationId.TryRead(ref _reader))
            {
                _reader.SkipValue();
            }
        }

        // What follows the object would make the body malformed, and the reader throws then.
        _reader.Read();
        transcript.End();
        if (_isSnakeCase)
        {
            UseSnakeCase();
        }
    }

    private void ReadContents()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.ReadElement())
            {
                ReadContent();
            }
        }
        else
        {
            ReadContent();
        }
    }

    private void ReadContent()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return;
        }

        Role role = Role.User;
        while (_reader.ReadMember())
        {
            if (_reader.ValueTextEquals("role"u8))
            {
                _reader.Read();
                role = RoleOf(ref _reader);
                _reader.Skip();
            }
            else if (_reader.ValueTextEquals("parts"u8))
            {
                ReadParts();
            }
            else
            {
                _reader.SkipValue();
            }
        }

        transcript.EndEntry(role, _body);
    }

    private void ReadParts()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.StartObject)
        {
            // A single part without its array is what protobuf's JSON form accepts too; an empty part can't be added to it.
            transcript.Parts.Add(ReadPart() with { SignAfter = null });
            return;
        }

        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            _reader.Skip();
            return;
        }

        while (_reader.ReadObjectElement())
        {
            transcript.Parts.Add(ReadPart());
        }
    }

    private TranscriptPart ReadPart()
    {
        var part = new TranscriptPart { Kind = PartKind.Other };
        BodyEdit? replacement = null;
        bool isThought = false;
        UInt128 other = 0;
        while (_reader.ReadMember())
        {
            if (_reader.ValueTextEquals("text"u8))
            {
                ReadText(ref part);
            }
            else if (_reader.ValueTextEquals("thought"u8))
            {
                _reader.Read();
                isThought = _reader.TokenType == JsonTokenType.True;
                _reader.Skip();
            }
            else if (Is("thoughtSignature"u8, "thought_signature"u8))
            {
                _reader.Read();
                part.IsSigned = _reader.IsOwnSignature();
                int start = (int)_reader.TokenStartIndex;
                _reader.Skip();
                replacement = new BodyEdit(start, (int)_reader.BytesConsumed - start, Quote, Quote);
            }
            else if (Is("functionCall"u8, "function_call"u8))
            {
                part.Kind = PartKind.Call;
                _reader.Read();
                (part.Hash, part.CallId) = GeminiCall.Read(ref _reader, transcript.Hash);
            }
            else if (Is("functionResponse"u8, "function_response"u8))
            {
                part.Kind = PartKind.Result;
                _reader.Read();
                part.Hash = GeminiCall.ReadResponse(ref _reader, transcript.Hash);
            }
            else
            {
                UInt128 name = transcript.Hash.Text(ref _reader);
                _reader.Read();
                other += transcript.Hash.Mix((byte)':', name, transcript.Hash.Value(ref _reader));
            }
        }

        if (part.Kind == PartKind.Other)
        {
            part.Hash = other;
        }

        if (isThought && part.Kind == PartKind.Text)
        {
            part.Kind = PartKind.Thought;
        }

        int end = (int)_reader.TokenStartIndex;
        part.SignHere = replacement ?? new BodyEdit(end, 0, Camel, Quote);
        part.SignAfter = new BodyEdit(end + 1, 0, CamelPart, QuoteAndEnd);
        return part;
    }

    private void ReadText(ref TranscriptPart part)
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.String)
        {
            part.Kind = PartKind.Text;
            part.TextStart = (int)_reader.TokenStartIndex;
            part.TextLength = (int)_reader.BytesConsumed - part.TextStart;
        }

        _reader.Skip();
    }

    private bool Is(ReadOnlySpan<byte> camel, ReadOnlySpan<byte> snake)
    {
        if (_reader.ValueTextEquals(camel))
        {
            return true;
        }

        bool isSnake = _reader.ValueTextEquals(snake);
        _isSnakeCase |= isSnake;
        return isSnake;
    }

    private readonly void UseSnakeCase()
    {
        foreach (ref SignaturePlace place in CollectionsMarshal.AsSpan(transcript.Places))
        {
            place = place with
            {
                SignHere = ToSnakeCase(place.SignHere),
                SignAfter = place.SignAfter is { } after ? ToSnakeCase(after) : null,
            };
        }
    }

    private static BodyEdit ToSnakeCase(in BodyEdit edit) => edit with
    {
        Prefix = edit.Prefix == Camel ? Snake : edit.Prefix == CamelPart ? SnakePart : edit.Prefix,
    };

    private static Role RoleOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return Role.User;
        }

        return reader.ValueTextEquals("model"u8) ? Role.Model
            : reader.ValueTextEquals("function"u8) || reader.ValueTextEquals("tool"u8) ? Role.Tool
            : reader.ValueTextEquals("system"u8) ? Role.System
            : Role.User;
    }
}
