using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Properties.Identity;

internal sealed class OpenAiIdentityWire : IdentityWire
{
    public override string Path => Rig.OpenAiPath;

    public override string Answer(ModelStep step) =>
        $$"""{"choices":[{"message":{{{Model(step, step.Truth.Signature)}},"finish_reason":"stop"}]}""";

    public override string Model(ModelStep step, string? signature)
    {
        string signed = signature is null ? "" : $$$"""
            ,"extra_content":{"google":{"thought_signature":"{{{signature}}}"}}
            """;
        string content = step.Text is null ? "null" : $"\"{step.Text}\"";
        IEnumerable<string> calls = step.Calls.Select((call, i) => $$"""
            {{{Id("id", call.Id)}}"type":"function","function":{"name":"{{call.Name}}","arguments":"{{call.Arguments.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}{{(i == 0 ? signed : "")}}}
            """);
        string members = step.Calls.IsEmpty ? signed : $",\"tool_calls\":[{string.Join(',', calls)}]";
        return $$"""
            "role":"assistant","content":{{content}}{{members}}}
            """;
    }

    protected override string Begin(string? instructions) => instructions is null
        ? "{\"model\":\"gemini-3-pro\",\"messages\":["
        : $$"""{"model":"gemini-3-pro","messages":[{"role":"system","content":"{{instructions}}"},""";

    protected override string User(string text) => $$"""{"role":"user","content":"{{text}}"}""";

    protected override string Results(ToolResults results) => string.Join(',', results.Calls.Select((call, i) =>
        $$"""{"role":"tool",{{Id("tool_call_id", call.Id)}}"content":"{{results.Texts[i]}}"}"""));
}
