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

    private void ReadBlock(ref Utf8JsonReader block, bool isFromModel)
    {
        int start = (int)block.TokenStartIndex;
        Utf8JsonReader whole = block;
        Utf8JsonReader text = default;
        Utf8JsonReader content = default;
        Utf8JsonReader input = default;
        Utf8JsonReader name = default;
        string? id = null;
        string? type = null;
        bool isError = false;
        while (block.ReadMember())
        {
            bool isType = block.ValueTextEquals("type"u8);
            bool isId = block.ValueTextEquals("id"u8) || block.ValueTextEquals("tool_use_id"u8);
            bool isText = block.ValueTextEquals("text"u8);
            bool isContent = block.ValueTextEquals("content"u8);
            bool isInput = block.ValueTextEquals("input"u8);
            bool isName = block.ValueTextEquals("name"u8);
            bool isErrorFlag = block.ValueTextEquals("is_error"u8);
            block.Read();
            type = isType ? block.TryGetText() : type;
            id = isId ? block.TryGetText() : id;
            text = isText ? block : text;
            content = isContent ? block : content;
            input = isInput ? block : input;
            name = isName ? block : name;
            isError |= isErrorFlag && block.TokenType == JsonTokenType.True;
            block.Skip();
        }

        ContentHash hash = transcript.Hash;
        if (type == "text" && text.TokenType == JsonTokenType.String)
        {
            AddText(ref text, start);
        }
        else if (type == "tool_use" && isFromModel)
        {
            UInt128 nameHash = name.TokenType == JsonTokenType.None ? 0 : hash.Value(ref name);
            transcript.Parts.Add(new TranscriptPart
            {
                Kind = PartKind.Call,
                Hash = hash.Call(nameHash, input.TokenType == JsonTokenType.None ? null : hash.Value(ref input)),
                CallId = string.IsNullOrEmpty(id) ? null : id,
                SignHere = new BodyEdit(start, 0, [], []),
            });
        }
        else if (type == "tool_result")
        {
            UInt128 result = content.TokenType == JsonTokenType.None
                ? 0
                : hash.Value(ref content, AnthropicRequestReader.CacheControl);
            transcript.Parts.Add(new TranscriptPart { Kind = PartKind.Result, Hash = hash.Mix((byte)(isError ? '!' : 'r'), result, 0) });
        }
        else
        {
            transcript.Parts.Add(new TranscriptPart
            {
                Kind = PartKind.Other,
                Hash = isFromModel ? AnthropicBlock.Identity(hash, type, id) : hash.Value(ref whole, AnthropicRequestReader.CacheControl),
            });
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
