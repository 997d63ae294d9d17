using System.Text;
using System.Text.Json;
using Anthropic.Models.Messages;

namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>A message put together by hand from the text and the calls in the events of a stream.</summary>
internal sealed class StreamedBlocks
{
    private readonly SortedDictionary<long, (ToolUseBlock? Call, StringBuilder Content)> _blocks = [];

    public void Add(RawMessageStreamEvent one)
    {
        if (one.TryPickContentBlockStart(out RawContentBlockStartEvent? start) && start.ContentBlock.Value is TextBlock or ToolUseBlock)
        {
            _blocks.Add(start.Index, (start.ContentBlock.Value as ToolUseBlock, new StringBuilder()));
        }
        else if (one.TryPickContentBlockDelta(out RawContentBlockDeltaEvent? delta))
        {
            if (delta.Delta.TryPickText(out TextDelta? text))
            {
                _blocks[delta.Index].Content.Append(text.Text);
            }
            else if (delta.Delta.TryPickInputJson(out InputJsonDelta? input))
            {
                _blocks[delta.Index].Content.Append(input.PartialJson);
            }
        }
    }

    public List<ContentBlockParam> Build() => [.. _blocks.Values.Select(Block)];

    private static ContentBlockParam Block((ToolUseBlock? Call, StringBuilder Content) block) => block.Call is not { } call
        ? new TextBlockParam { Text = block.Content.ToString() }
        : new ToolUseBlockParam
        {
            ID = call.ID,
            Name = call.Name,
            Input = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(block.Content.ToString())!,
        };
}
