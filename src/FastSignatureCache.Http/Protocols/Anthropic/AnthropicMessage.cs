using System.Text.Json;
using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Protocols.Anthropic;

/// <summary>Reads the content of messages, one after the other. Not thread-safe.</summary>
internal sealed class AnthropicMessage(Transcript transcript)
{
    private readonly List<(int Start, int End, bool IsThinking)> _blocks = [];
    private int _entry = -1;
    private Role _role;

    /// <summary>Adds what the message says to the transcript's current entry.</summary>
    public void Read(ref Utf8JsonReader content, Role role)
    {
        _entry++;
        ThinkingStep? step = role == Role.Model ? Step() : null;
        _role = role;
        if (content.TokenType == JsonTokenType.String)
        {
            ReadText(ref content, step);
        }
        else if (content.TokenType == JsonTokenType.StartArray)
        {
            ReadBlocks(ref content, step);
        }
    }

    /// <summary>Messages of the model that follow one another are one step.</summary>
    private ThinkingStep Step()
    {
        List<ThinkingStep> steps = transcript.Thinking.Steps;
        if (_role != Role.Model)
        {
            transcript.Thinking.Begin(_entry);
        }

        steps[^1].LastEntry = _entry;
        return steps[^1];
    }

    private void ReadText(ref Utf8JsonReader content, ThinkingStep? step)
    {
        if (content.ValueSpan.IsEmpty)
        {
            return;
        }

        int start = (int)content.TokenStartIndex;
        if (step is { Blocks.Count: 0 })
        {
            step.EndOfText = (int)content.BytesConsumed;
        }

        step?.Blocks.Add((start, false));
        AddText(ref content, start);
    }

    private void ReadBlocks(ref Utf8JsonReader content, ThinkingStep? step)
    {
        _blocks.Clear();
        Utf8JsonReader blocks = content;
        while (content.ReadElement())
        {
            int start = (int)content.TokenStartIndex;
            bool isThinking = step is not null && IsThinking(content);
            if (isThinking)
            {
                ReadThinking(ref content, step!);
            }
            else
            {
                content.Skip();
                step?.Blocks.Add((start, true));
            }

            _blocks.Add((start, (int)content.BytesConsumed, isThinking));
        }

        if (step is not null)
        {
            AddRemovals(step);
            step.Hash = step.OwnHash;
            transcript.Parts.Add(new TranscriptPart { Kind = PartKind.Thought, IsSigned = step is { IsIncomplete: false } && step.OwnHash != 0 });
        }

        for (int i = 0; blocks.ReadElement(); i++)
        {
            if (!_blocks[i].IsThinking && blocks.TokenType == JsonTokenType.StartObject)
            {
                ReadBlock(ref blocks, isFromModel: step is not null);
            }
            else
            {
                blocks.Skip();
            }
        }
    }

    private static bool IsThinking(Utf8JsonReader block)
    {
        if (block.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (block.ReadMember())
        {
            bool isType = block.ValueTextEquals("type"u8);
            block.Read();
            if (isType)
            {
                return block.TokenType == JsonTokenType.String
                    && (block.ValueTextEquals("thinking"u8) || block.ValueTextEquals("redacted_thinking"u8));
            }

            block.Skip();
        }

        return false;
    }

    private void ReadThinking(ref Utf8JsonReader block, ThinkingStep step)
    {
        Utf8JsonReader members = block;
        bool isSigned = false;
        while (members.ReadMember())
        {
            bool isSignature = members.ValueTextEquals("signature"u8) || members.ValueTextEquals("data"u8);
            members.Read();
            isSigned |= isSignature && members.IsOwnSignature();
            members.Skip();
        }

        step.IsIncomplete |= !isSigned;
        step.OwnHash = ThinkingBlocks.Append(transcript.Hash, step.OwnHash, transcript.Hash.Value(ref block));
    }

    /// <summary>Each run of thinking goes with the comma behind it, or the one before it where nothing follows.</summary>
    private void AddRemovals(ThinkingStep step)
    {
        for (int i = 0; i < _blocks.Count; i++)
        {
            int next = i;
            while (next < _blocks.Count && _blocks[next].IsThinking)
            {
                next++;
            }

            if (next == i)
            {
                continue;
            }

            // Content of nothing but thinking stays: without it there would be an empty message.
            if (next < _blocks.Count)
            {
                step.Removals.Add(BodyEdit.Removal(_blocks[i].Start, _blocks[next].Start - _blocks[i].Start));
            }
            else if (i > 0)
            {
                step.Removals.Add(BodyEdit.Removal(_blocks[i - 1].End, _blocks[next - 1].End - _blocks[i - 1].End));
            }

            i = next;
        }
    }

    private void ReadBlock(ref Utf8JsonReader reader, bool isFromModel)
    {
        Utf8JsonReader whole = reader;
        var block = new ContentBlock(ref reader);
        ContentHash hash = transcript.Hash;
        switch (block.Type)
        {
            case "text" when block.Text.TokenType == JsonTokenType.String:
                AddText(ref block.Text, block.Start);
                return;
            case "tool_use" when isFromModel:
                transcript.Parts.Add(new TranscriptPart
                {
                    Kind = PartKind.Call,
                    Hash = block.HashOfCall(hash),
                    CallId = string.IsNullOrEmpty(block.Id) ? null : block.Id,
                    SignHere = new BodyEdit(block.Start, 0, [], []),
                });
                return;
            case "tool_result":
                transcript.Parts.Add(new TranscriptPart { Kind = PartKind.Result, Hash = block.HashOfResult(hash) });
                return;
            default:
                transcript.Parts.Add(new TranscriptPart
                {
                    Kind = PartKind.Other,
                    Hash = isFromModel
                        ? AnthropicBlock.Identity(hash, block.Type, block.Id)
                        : hash.Value(ref whole, AnthropicRequestReader.CacheControl),
                });
                return;
        }
    }

    private void AddText(ref Utf8JsonReader text, int start) => transcript.Parts.Add(new TranscriptPart
    {
        Kind = PartKind.Text,
        TextStart = (int)text.TokenStartIndex,
        TextLength = (int)(text.BytesConsumed - text.TokenStartIndex),
        SignHere = new BodyEdit(start, 0, [], []),
    });
}
