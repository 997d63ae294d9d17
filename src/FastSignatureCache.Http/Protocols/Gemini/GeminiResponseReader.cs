using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.Gemini;

/// <summary>Reads <c>GenerateContentResponse</c> objects.</summary>
internal sealed class GeminiResponseReader(Transcript transcript) : ResponseReader(transcript)
{
    private readonly ContentHash _hash = transcript.Hash;

    protected override void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.ReadMember())
        {
            if (!reader.ValueTextEquals("candidates"u8))
            {
                reader.SkipValue();
            }
            else if (reader.ReadArray())
            {
                while (reader.ReadElement())
                {
                    ReadCandidate(ref reader);
                }
            }
        }
    }

    private void ReadCandidate(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        int index = 0;
        bool isFinished = false;
        Utf8JsonReader content = default;
        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                // The index may come after the content: a copy of the reader remembers the place.
                content = reader;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("index"u8))
            {
                reader.Read();
                index = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value : 0;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("finishReason"u8) || reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                isFinished = reader.IsFinishReason();
                reader.Skip();
            }
            else
            {
                reader.SkipValue();
            }
        }

        StepCapture step = Step(index);
        if (content.TokenType == JsonTokenType.StartObject)
        {
            ReadContent(ref content, step);
        }

        step.IsFinished |= isFinished;
    }

    private void ReadContent(ref Utf8JsonReader reader, StepCapture step)
    {
        while (reader.ReadMember())
        {
            if (!reader.ValueTextEquals("parts"u8))
            {
                reader.SkipValue();
            }
            else if (reader.ReadArray())
            {
                while (reader.ReadElement())
                {
                    ReadPart(ref reader, step);
                }
            }
        }
    }

    private void ReadPart(ref Utf8JsonReader reader, StepCapture step)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        string? signature = null;
        bool isThought = false;
        Utf8JsonReader text = default;
        (UInt128 Call, string? CallId)? call = null;
        UInt128 other = 0;
        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("text"u8))
            {
                reader.Read();
                text = reader;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("thought"u8))
            {
                reader.Read();
                isThought = reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("thoughtSignature"u8) || reader.ValueTextEquals("thought_signature"u8))
            {
                reader.Read();
                signature = reader.TryGetText() is { Length: > 0 } value ? value : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("functionCall"u8) || reader.ValueTextEquals("function_call"u8))
            {
                reader.Read();
                call = GeminiCall.Read(ref reader, _hash);
            }
            else
            {
                UInt128 name = _hash.Text(ref reader);
                reader.Read();
                other += _hash.Mix((byte)':', name, _hash.Value(ref reader));
            }
        }

        if (call is { } found)
        {
            step.AddCall(found.Call, found.CallId, signature);
        }
        else if (text.TokenType == JsonTokenType.String && !isThought)
        {
            step.AddText(_hash.Unescape(ref text), signature);
        }
        else if (text.TokenType == JsonTokenType.String || other == 0)
        {
            if (signature is not null)
            {
                step.AddSignature(signature);
            }
        }
        else
        {
            step.AddOther(other, signature);
        }
    }
}
