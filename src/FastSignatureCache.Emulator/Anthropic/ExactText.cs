using System.Text.Json;
using System.Text.Json.Nodes;
using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.Anthropic;

/// <summary>
/// All that blocks say, in one form. Left out is <c>cache_control</c>, which clients put elsewhere in each request and which the
/// provider does not compare.
/// </summary>
internal static class ExactText
{
    private const string CacheControl = "cache_control";

    public static string Of(JsonElement block)
    {
        if (block.ValueKind != JsonValueKind.Object)
            throw new InvalidOperationException("A block is an object.");
        var copy = JsonObject.Create(block.Clone())!;
        copy.Remove(CacheControl);
        if (copy["content"] is JsonArray inner)
            foreach (var item in inner.OfType<JsonObject>())
                item.Remove(CacheControl);
        return CanonicalJson.Of(JsonElement.Parse(copy.ToJsonString()));
    }

    /// <summary>A text, which is the same as one block that says it, or several blocks.</summary>
    public static string OfAll(JsonElement? content) => string.Join(',', BlocksOf(content).Select(Of));

    /// <summary>The blocks of a content that may be just a text.</summary>
    public static IEnumerable<JsonElement> BlocksOf(JsonElement? content) => content switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } text => [JsonElement.Parse(AnthropicBlocks.Text(text.GetString()!).ToJsonString())],
        { } blocks => blocks.EnumerateArray(),
    };
}
