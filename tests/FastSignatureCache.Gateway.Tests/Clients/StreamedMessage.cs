using System.Text;
using OpenAI.Chat;

namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>A message put together by hand from the updates of a stream.</summary>
internal sealed class StreamedMessage
{
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];
    private readonly StringBuilder _text = new();

    public void Add(StreamingChatCompletionUpdate update)
    {
        foreach (ChatMessageContentPart part in update.ContentUpdate)
        {
            _text.Append(part.Text);
        }

        foreach (StreamingChatToolCallUpdate piece in update.ToolCallUpdates)
        {
            if (!_calls.TryGetValue(piece.Index, out var call))
            {
                _calls.Add(piece.Index, call = (piece.ToolCallId, piece.FunctionName, new StringBuilder()));
            }

            call.Arguments.Append(piece.FunctionArgumentsUpdate);
        }
    }

    public AssistantChatMessage Build() => _calls.Count == 0
        ? new AssistantChatMessage(_text.ToString())
        : new AssistantChatMessage(_calls.Values.Select(call =>
            ChatToolCall.CreateFunctionToolCall(call.Id, call.Name, BinaryData.FromString(call.Arguments.ToString()))));
}
