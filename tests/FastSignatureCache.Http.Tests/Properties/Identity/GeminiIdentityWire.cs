using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

internal sealed class GeminiIdentityWire : IdentityWire
{
    public override string Path => Rig.GeminiPath;

    public override string Answer(ModelStep step) =>
        $$"""{"candidates":[{"content":{{{Model(step, step.Truth.Signature)}},"finishReason":"STOP"}]}""";

    public override string Model(ModelStep step, string? signature)
    {
        string signed = signature is null ? "" : $",\"thoughtSignature\":\"{signature}\"";
        var parts = new List<string>();
        if (step.Text is not null)
        {
            parts.Add($$"""{"text":"{{step.Text}}"{{(step.Calls.IsEmpty ? signed : "")}}}""");
        }

        for (int i = 0; i < step.Calls.Length; i++)
        {
            Call call = step.Calls[i];
            string ofCall = i == 0 ? signed : "";
            parts.Add($$$"""{"functionCall":{{{{Id("id", call.Id)}}}"name":"{{{call.Name}}}","args":{{{call.Arguments}}}}{{{ofCall}}}}""");
        }

        return $$"""
            "role":"model","parts":[{{string.Join(',', parts)}}]}
            """;
    }

    protected override string Begin(string? instructions) => instructions is null
        ? "{\"contents\":["
        : $$"""{"systemInstruction":{"parts":[{"text":"{{instructions}}"}]},"contents":[""";

    protected override string User(string text) => $$"""{"role":"user","parts":[{"text":"{{text}}"}]}""";

    protected override string Results(ToolResults results)
    {
        IEnumerable<string> parts = results.Calls.Select((call, i) =>
            $$$"""{"functionResponse":{{{{Id("id", call.Id)}}}"name":"{{{call.Name}}}","response":""" + $"{{\"r\":\"{results.Texts[i]}\"}}}}}}");
        return $$"""{"role":"user","parts":[{{string.Join(',', parts)}}]}""";
    }
}
