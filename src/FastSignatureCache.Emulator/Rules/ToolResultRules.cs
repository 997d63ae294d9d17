using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.Rules;

/// <summary>Anthropic's order: every call is answered in the next message, and nothing else is answered there.</summary>
internal static class ToolResultRules
{
    public const string NoMessages = "messages: at least one message is required";

    public static void Check(IReadOnlyList<Content> contents)
    {
        if (contents.Count == 0)
            throw Refusal.Invalid(NoMessages);
        for (var index = 0; index < contents.Count; index++)
        {
            CheckResults(contents[index], index > 0 ? contents[index - 1] : null);
            CheckCalls(contents[index], index + 1 < contents.Count ? contents[index + 1] : null);
        }
    }

    private static void CheckCalls(Content content, Content? next)
    {
        var answered = ResultsOf(next).Select(part => part.Id).ToHashSet();
        var open = content.Calls.Where(call => !answered.Contains(call.Id)).ToList();
        if (open.Count > 0)
            throw Refusal.Invalid(Unanswered(open));
    }

    private static void CheckResults(Content content, Content? previous)
    {
        var called = (previous?.Calls ?? []).Select(call => call.Id).ToHashSet();
        foreach (var result in ResultsOf(content))
            if (!called.Contains(result.Id))
                throw Refusal.Invalid(Unexpected(result));
    }

    private static IEnumerable<Part> ResultsOf(Content? content) =>
        (content?.Parts ?? []).Where(part => part.Kind == PartKind.Response);

    private static string Unanswered(List<Part> calls) =>
        $"{calls[0].Path[..calls[0].Path.IndexOf(".content", StringComparison.Ordinal)]}: `tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", calls.Select(call => call.Id))}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.";

    private static string Unexpected(Part result) =>
        $"{result.Path}: unexpected `tool_use_id` found in `tool_result` blocks: {result.Id}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.";
}
