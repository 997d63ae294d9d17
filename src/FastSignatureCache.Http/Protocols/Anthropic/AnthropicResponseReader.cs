using System.Text.Json;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.Anthropic;

/// <summary>Reads a message, or the events of one.</summary>
internal sealed class AnthropicResponseReader(Transcript transcript) : ResponseReader(transcript)
{
    private readonly ContentHash _hash = transcript.Hash;
    private readonly List<AnthropicBlock> _blocks = [];

    protected override void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        int index = 0;
        Utf8JsonReader block = default;
        Utf8JsonReader delta = default;
        while (reader.ReadMember())
        {
            if (reader.ValueTextEquals("content"u8))
            {
                ReadContent(ref reader, json);
            }
            else if (reader.ValueTextEquals("stop_reason"u8))
            {
                reader.Read();
                Step(0).IsFinished |= reader.IsFinishReason();
                reader.Skip();
            }
            else
            {
                bool isIndex = reader.ValueTextEquals("index"u8);
                bool isBlock = reader.ValueTextEquals("content_block"u8);
                bool isDelta = reader.ValueTextEquals("delta"u8);
                reader.Read();
                // The index may come after what it is the index of: a copy of the reader remembers the place.
                index = isIndex && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value : index;
                block = isBlock ? reader : block;
                delta = isDelta ? reader : delta;
                reader.Skip();
            }
        }

        if (block.TokenType == JsonTokenType.StartObject)
        {
            Begin(ref block, json, index);
        }
        else if (delta.TokenType == JsonTokenType.StartObject)
        {
            ReadDelta(ref delta, index);
        }
    }

    protected override void EndStep(StepCapture step)
    {
        foreach (AnthropicBlock block in _blocks)
        {
            AddTo(step, block);
        }

        if (_blocks.Exists(static block => block.IsThinking)
            && !_blocks[^1].IsThinking
            && !_blocks.Exists(static block => block.IsIncomplete))
        {
            step.SignStep(ThinkingBlocks.Pack(_blocks.Select(static block => block.IsThinking ? block.Complete() : (ReadOnlyMemory<byte>?)null)));
        }
    }

    private void AddTo(StepCapture step, AnthropicBlock block)
    {
        switch (block.Type)
        {
            case "thinking" or "redacted_thinking":
                return;
            case "text":
                if (block.TryFind("text"u8, out Utf8JsonReader text) && text.TokenType == JsonTokenType.String)
                {
                    step.AddText(_hash.Unescape(ref text), null);
                }

                step.AddText(block.Added, null);
                return;
            case "tool_use":
                UInt128 name = block.TryFind("name"u8, out Utf8JsonReader named) ? _hash.Value(ref named) : 0;
                UInt128? input = block.Added.IsEmpty
                    ? block.TryFind("input"u8, out Utf8JsonReader whole) ? _hash.Value(ref whole) : null
                    : _hash.EmbeddedValue(block.Added);
                step.AddCall(_hash.Call(name, input), string.IsNullOrEmpty(block.Id) ? null : block.Id, null);
                return;
            default:
                step.AddOther(AnthropicBlock.Identity(_hash, block.Type, block.Id), null);
                return;
        }
    }

    private void ReadContent(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (!reader.ReadArray())
        {
            return;
        }

        while (reader.ReadObjectElement())
        {
            Begin(ref reader, json, _blocks.Count);
        }
    }

    private void Begin(ref Utf8JsonReader block, ReadOnlySpan<byte> json, int index)
    {
        Step(0).Continue();
        _blocks.Add(AnthropicBlock.Read(ref block, json, index));
    }

    private void ReadDelta(ref Utf8JsonReader delta, int index)
    {
        AnthropicBlock? block = _blocks.FindLast(block => block.Index == index);
        while (delta.ReadMember())
        {
            bool isText = delta.ValueTextEquals("text"u8) || delta.ValueTextEquals("thinking"u8) || delta.ValueTextEquals("partial_json"u8);
            bool isSignature = delta.ValueTextEquals("signature"u8);
            bool isStopReason = delta.ValueTextEquals("stop_reason"u8);
            delta.Read();
            if (isStopReason)
            {
                Step(0).IsFinished |= delta.IsFinishReason();
            }
            else if (isText && delta.TokenType == JsonTokenType.String)
            {
                Step(0).Continue();
                block?.Add(_hash.Unescape(ref delta));
            }
            else if (isSignature)
            {
                block?.Sign(delta.TryGetText());
            }

            delta.Skip();
        }
    }
}
