using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Hosting;

namespace FastSignatureCache.Emulator.Anthropic;

/// <summary>Reads the body of <c>v1/messages</c>. Messages of one role that follow each other are one, as to the provider.</summary>
internal static class AnthropicRequestReader
{
    private const string BindingBeta = "thinking-binding-controls-2026-08-01";

    public static Conversation Read(JsonElement body, RequestHeaders headers)
    {
        var contents = new List<Content>();
        foreach (var (index, message) in body.Items("messages").Index())
        {
            var role = message.Text("role");
            var parts = ExactText.BlocksOf(message.Member("content"))
                .Select((block, position) => ReadBlock(block, role, Path(index, position)))
                .ToList();
            if (contents.Count > 0 && contents[^1].FromModel == (role == "assistant"))
                contents[^1] = new Content(contents[^1].FromModel, [.. contents[^1].Parts, .. parts]);
            else
                contents.Add(new Content(role == "assistant", parts));
        }
        var system = body.Member("system");
        var systemText = string.Concat(ExactText.BlocksOf(system).Select(block => block.Text("text")));
        return new Conversation(ModelOf(body), systemText, contents, ReadTools(body), headers.Mark)
        {
            Thinking = body.Member("thinking")?.Text("type") is "enabled" or "adaptive"
                ? new ThinkingContext(
                    ExactText.OfAll(system), ExactText.OfAll(body.Member("tools")), headers.Mark, headers.Betas.Contains(BindingBeta))
                : null,
        };
    }

    // OpenRouter's "anthropic/claude-opus-5" names the same model.
    private static string ModelOf(JsonElement body) => (body.Text("model") ?? "").Split('/')[^1];

    private static string Path(int message, int block) =>
        string.Create(CultureInfo.InvariantCulture, $"messages.{message}.content.{block}");

    private static Part ReadBlock(JsonElement block, string? role, string path)
    {
        var exact = ExactText.Of(block);
        Part part = (block.Text("type"), role) switch
        {
            ("thinking", "assistant") => new(PartKind.Thought) { Text = block.Text("thinking") ?? "", Signature = block.Text("signature") },
            ("redacted_thinking", "assistant") => new(PartKind.Redacted) { Signature = block.Text("data") },
            ("tool_use", "assistant") => new(PartKind.Call) { Id = block.Text("id"), Name = block.Text("name") ?? "" },
            ("tool_result", "user") => new(PartKind.Response) { Id = block.Text("tool_use_id") },
            ("text", "system") => new(PartKind.Instruction) { Text = block.Text("text") ?? "" },
            ("text", _) => new(PartKind.Text) { Text = block.Text("text") ?? "" },
            _ => new(PartKind.Other) { Text = exact },
        };
        return part with { Path = path, Exact = exact };
    }

    private static List<Tool> ReadTools(JsonElement body)
    {
        if (body.Member("tool_choice")?.Text("type") == "none")
            return [];
        // Tools of another type are the provider's own and run on its side.
        return body.Items("tools")
            .Where(tool => tool.Text("type") is null or "custom")
            .Select(tool => new Tool(
                tool.Text("name") ?? "",
                tool.Member("input_schema") is { } schema ? JsonObject.Create(schema.Clone()) : null))
            .ToList();
    }
}
