using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>Reads <c>chat.completion</c> and <c>chat.completion.chunk</c> objects.</summary>
internal sealed class OpenAiResponseReader(Transcript transcript) : ResponseReader(transcript)
{
    private readonly ContentHash _hash = transcript.Hash;
    private readonly List<OpenAiStep> _openSteps = new(1);

    protected override void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.ReadMember())
        {
            if (!reader.ValueTextEquals("choices"u8))
            {
                reader.SkipValue();
            }
            else if (reader.ReadArray())
            {
                while (reader.ReadElement())
                {
                    ReadChoice(ref reader);
                }
            }
        }
    }

    protected override void EndStep(StepCapture step) => Open(step).Complete(_hash);

    private OpenAiStep Open(StepCapture step)
    {
        foreach (OpenAiStep open in _openSteps)
        {
            if (open.Step == step)
            {
                return open;
            }
        }

        var added = new OpenAiStep(step);
        _openSteps.Add(added);
        return added;
    }

    private void ReadChoice(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        int index = 0;
        bool isFinished = false;
        Utf8JsonReader message = default;
        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                // The index may come after the message: a copy of the reader remembers the place.
                message = reader;
            }
            else if (reader.ValueTextEquals("index"u8))
            {
                reader.Read();
                index = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value : 0;
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                isFinished = reader.IsFinishReason();
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        StepCapture step = Step(index);
        if (message.TokenType == JsonTokenType.StartObject)
        {
            ReadMessage(ref message, step, Open(step));
        }

        step.IsFinished |= isFinished;
    }

    private void ReadMessage(ref Utf8JsonReader reader, StepCapture step, OpenAiStep open)
    {
        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    step.AddText(_hash.Unescape(ref reader), null);
                }

                reader.Skip();
            }
            else if (reader.ValueTextEquals("tool_calls"u8))
            {
                step.Continue();
                ReadToolCalls(ref reader, open);
            }
            else if (reader.ValueTextEquals("extra_content"u8))
            {
                open.Signature.Add(ReadSignature(ref reader));
            }
            else if (reader.ValueTextEquals("reasoning_details"u8))
            {
                ReadDetails(ref reader, open);
            }
            else
            {
                reader.SkipValue();
            }
        }
    }

    private static void ReadDetails(ref Utf8JsonReader reader, OpenAiStep open)
    {
        if (!reader.ReadArray())
        {
            return;
        }

        while (reader.ReadElement())
        {
            open.AddDetail(ReasoningDetail.Read(ref reader));
        }
    }

    private static void ReadToolCalls(ref Utf8JsonReader reader, OpenAiStep open)
    {
        if (!reader.ReadArray())
        {
            return;
        }

        while (reader.ReadObjectElement())
        {
            ReadToolCall(ref reader, open);
        }
    }

    private static void ReadToolCall(ref Utf8JsonReader reader, OpenAiStep open)
    {
        int? index = null;
        string? id = null;
        string? signature = null;
        Utf8JsonReader function = default;
        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("index"u8))
            {
                reader.Read();
                index = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.TryGetText() is { Length: > 0 } text ? text : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("function"u8))
            {
                reader.Read();
                function = reader;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("extra_content"u8))
            {
                signature = ReadSignature(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }

        string? name = null;
        Utf8JsonReader arguments = default;
        if (function.TokenType == JsonTokenType.StartObject)
        {
            while (function.ReadMember())
            {
                bool isName = function.ValueTextEquals("name"u8);
                bool isArguments = function.ValueTextEquals("arguments"u8);
                function.Read();
                name = isName && function.TryGetText() is { Length: > 0 } text ? text : name;
                arguments = isArguments ? function : arguments;
                function.Skip();
            }
        }

        OpenAiCall call = open.Call(index, id, name);
        call.Name ??= name;
        call.Signature.Add(signature);
        call.AddArguments(ref arguments);
    }

    /// <summary>Reads the <c>extra_content</c> that the reader stands on.</summary>
    private static string? ReadSignature(ref Utf8JsonReader reader)
    {
        string? signature = null;
        if (!reader.ReadObject())
        {
            return null;
        }

        while (reader.ReadMember())
        {
            bool isVendor = reader.ValueTextEquals("google"u8) || reader.ValueTextEquals("vertex"u8);
            if (!isVendor)
            {
                reader.SkipValue();
            }
            else if (reader.ReadObject())
            {
                while (reader.ReadMember())
                {
                    bool isSignature = reader.ValueTextEquals("thought_signature"u8);
                    reader.Read();
                    signature = isSignature ? reader.TryGetText() : signature;
                    reader.Skip();
                }
            }
        }

        return signature;
    }
}
