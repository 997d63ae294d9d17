namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>Messages with thinking on, for models whose signatures are bound to what stands before them or not.</summary>
internal sealed class AnthropicIdentityWire(string model) : IdentityWire
{
    public override string Path => "/v1/messages";

    public override bool RestoresEarlierTurns => true;

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
