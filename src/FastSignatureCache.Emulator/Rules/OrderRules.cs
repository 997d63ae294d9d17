using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.Rules;

/// <summary>Calls and their responses: all calls of a step in one content, all their responses in the next.</summary>
internal static class OrderRules
{
    public static void Check(IReadOnlyList<Content> contents)
    {
        if (contents.Count == 0)
            throw Refusal.Invalid(ErrorTexts.NoContents);
        for (var index = 0; index < contents.Count; index++)
        {
            var content = contents[index];
            var previous = index > 0 ? contents[index - 1] : null;
            var calls = previous is { FromModel: true } ? previous.Calls.Count() : 0;

            if (content.HasCalls && (!content.FromModel || previous is null or { FromModel: true }))
                throw Refusal.Invalid(ErrorTexts.CallTurnOrder);
            if (content.ResponseCount > 0 && (content.FromModel || calls == 0))
                throw Refusal.Invalid(ErrorTexts.ResponseTurnOrder);
            if (content.ResponseCount != calls)
                throw Refusal.Invalid(ErrorTexts.ResponseCount);
        }
        if (contents[^1].HasCalls)
            throw Refusal.Invalid(ErrorTexts.ResponseCount);
    }
}
