using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Conversations;
using FastSignatureCache.Emulator.Hosting;

namespace FastSignatureCache.Emulator.OpenAi;

/// <summary>The <c>extra_content</c> that holds a signature: Google's own endpoint and Vertex's name it differently.</summary>
internal static class OpenAiSignature
{
    public static string? Read(JsonElement holder) =>
        holder.Member("extra_content")?.Member("google", "vertex")?.Text("thought_signature");

    public static void Write(JsonObject holder, string? signature, Dialect dialect)
    {
        if (signature is not null && dialect != Dialect.OpenRouter)
        {
            holder["extra_content"] = new JsonObject
            {
                [dialect == Dialect.Vertex ? "vertex" : "google"] = new JsonObject { ["thought_signature"] = signature },
            };
        }
    }
}
