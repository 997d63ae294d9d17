using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Rules;
using FastSignatureCache.Emulator.Signatures;

namespace FastSignatureCache.Emulator.Scripting;

/// <summary>The model: reads from the conversation where it is in its turn and says what comes next.</summary>
internal sealed class Script(SignatureIssuer issuer, NonceSource nonces, ThinkingScript thinking)
{
    public Answer Next(Conversation conversation, AnswerStyle style)
    {
        var directives = Directives.Of(conversation);
        var answer = NextWords(conversation, directives, style);
        return conversation.Thinking is null ? answer : answer with { Thinking = thinking.Next(conversation, directives) };
    }

    private Answer NextWords(Conversation conversation, Directives directives, AnswerStyle style)
    {
        var turn = conversation.Contents.Skip(conversation.TurnStart).Where(content => content.HasCalls).ToList();
        if (conversation.Tools.Count == 0 || turn.Count >= directives.Steps.Count)
            return Say(conversation, turn.Count, style.SignsText);

        var text = directives.Say;
        var textSignature = text is not null && ModelFamily.SignsFirstPart(conversation.Model)
            ? issuer.Issue(SignatureBinding.ForText(conversation, text), callId: null)
            : null;
        var calledBefore = turn.Sum(content => content.Calls.Count());
        var step = conversation.StepsBefore(conversation.Contents.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var calls = new List<AnswerCall>();
        for (var index = 0; index < directives.Steps[turn.Count]; index++)
        {
            var tool = conversation.Tools[(calledBefore + index) % conversation.Tools.Count];
            var id = MakeId(tool.Name, style, ids);
            var arguments = ArgumentMaker.Make(tool.Schema);
            // Of parallel calls only the first is signed, and of a 2.5 answer only the first part.
            var signature = style.SignsCalls && index == 0 && textSignature is null
                ? issuer.Issue(SignatureBinding.ForCall(conversation, step, index, tool.Name, Canonical(arguments)), id)
                : null;
            calls.Add(new AnswerCall(tool.Name, arguments, id, signature));
        }
        return new Answer(text, textSignature, calls);
    }

    private Answer Say(Conversation conversation, int steps, bool sign)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"All done after {steps} steps. Here is the result that you asked for.");
        return new Answer(text, sign ? issuer.Issue(SignatureBinding.ForText(conversation, text), callId: null) : null, []);
    }

    private string? MakeId(string tool, AnswerStyle style, HashSet<string> taken)
    {
        if (style.CallIds == CallIdStyle.None)
            return null;
        if (style.CallIds == CallIdStyle.Unique)
            return $"{style.IdPrefix}{nonces.NextDigits()}";
        var id = $"call_{tool}";
        // Parallel calls of one tool still need ids that differ, or their results could not be told apart.
        for (var number = 2; !taken.Add(id); number++)
            id = string.Create(CultureInfo.InvariantCulture, $"call_{tool}_{number}");
        return id;
    }

    private static string Canonical(JsonObject arguments)
    {
        using var document = JsonDocument.Parse(arguments.ToJsonString());
        return CanonicalJson.Of(document.RootElement);
    }
}
