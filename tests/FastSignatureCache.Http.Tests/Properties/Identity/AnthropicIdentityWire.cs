using System.Text;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>Messages with thinking on, for models whose signatures are bound to what stands before them or not.</summary>
internal sealed class AnthropicIdentityWire(string model, bool isPrefixBound) : IdentityWire
{
    public override string Path => "/v1/messages";

    public override bool IsPrefixBound => isPrefixBound;

    public override bool RestoresEarlierTurns => true;

    // The whole thinking of a step is kept, in base64.
    public override bool IsKept(CachedSignature entry, string signature) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(entry.Signature)).Contains(signature, StringComparison.Ordinal);

    public override string ThinkingIn(ReadOnlySpan<char> before)
    {
        var signatures = new StringBuilder();
        const string Begin = "\"signature\":\"";
        while (before.IndexOf(Begin, StringComparison.Ordinal) is >= 0 and int start)
        {
            before = before[(start + Begin.Length)..];
            signatures.Append(before[..before.IndexOf('"')]).Append(' ');
        }

        return signatures.ToString();
    }

    public override string Answer(ModelStep step) => $$"""{"stop_reason":"end_turn",{{Model(step, step.Truth.Signature)}}""";

    public override string Model(ModelStep step, string? signature)
    {
        var blocks = new List<string>();
        if (signature is not null)
        {
            blocks.Add($$"""{"type":"thinking","thinking":"","signature":"{{signature}}"}""");
        }

        if (step.Text is not null)
        {
            blocks.Add($$"""{"type":"text","text":"{{step.Text}}"}""");
        }

        blocks.AddRange(step.Calls.Select(static call =>
            $$"""{"type":"tool_use",{{Id("id", call.Id)}}"name":"{{call.Name}}","input":{{call.Arguments}}}"""));
        return $$"""
            "role":"assistant","content":[{{string.Join(',', blocks)}}]}
            """;
    }

    protected override string Begin(string? instructions)
    {
        string system = instructions is null ? "" : $"\"system\":\"{instructions}\",";
        return $$"""{"model":"{{model}}","thinking":{"type":"enabled","budget_tokens":1024},{{system}}"messages":[""";
    }

    protected override string User(string text) => $$"""{"role":"user","content":"{{text}}"}""";

    protected override string Results(ToolResults results)
    {
        IEnumerable<string> blocks = results.Calls.Select((call, i) =>
            $$"""{"type":"tool_result",{{Id("tool_use_id", call.Id)}}"content":"{{results.Texts[i]}}"}""");
        return $$"""{"role":"user","content":[{{string.Join(',', blocks)}}]}""";
    }
}
