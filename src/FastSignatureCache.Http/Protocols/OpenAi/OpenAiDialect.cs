using System.Text;
using System.Text.Json;
using FastSignatureCache.Http.Bodies;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>Where one upstream of the chat completions form wants a signature, and the JSON that puts it there.</summary>
internal sealed class OpenAiDialect
{
    private static readonly byte[] End = "\""u8.ToArray();
    private static readonly byte[] EndOfVendor = "\"}"u8.ToArray();
    private static readonly byte[] EndOfExtraContent = "\"}}"u8.ToArray();
    private static readonly byte[] EndOfDetails = "\"}]"u8.ToArray();

    private readonly byte[] _signature = "\"thought_signature\":\""u8.ToArray();
    private readonly byte[] _nextSignature = ",\"thought_signature\":\""u8.ToArray();
    private readonly byte[] _vendorValue = "{\"thought_signature\":\""u8.ToArray();
    private readonly byte[] _vendor;
    private readonly byte[] _nextVendor;
    private readonly byte[] _extraContentValue;
    private readonly byte[] _extraContent;

    private OpenAiDialect(string vendor)
    {
        string member = $"\"{vendor}\":{{\"thought_signature\":\"";
        _vendor = Encoding.ASCII.GetBytes(member);
        _nextVendor = Encoding.ASCII.GetBytes("," + member);
        _extraContentValue = Encoding.ASCII.GetBytes("{" + member);
        _extraContent = Encoding.ASCII.GetBytes(",\"extra_content\":{" + member);
    }

    /// <summary>The Gemini API: <c>extra_content.google.thought_signature</c>.</summary>
    public static OpenAiDialect Google { get; } = new("google");

    /// <summary>Vertex AI: <c>extra_content.vertex.thought_signature</c>.</summary>
    public static OpenAiDialect Vertex { get; } = new("vertex");

    /// <summary>
    /// OpenRouter: an encrypted entry of the message's <c>reasoning_details</c>:
    /// <see href="https://openrouter.ai/docs/use-cases/reasoning-tokens"/>.
    /// </summary>
    public static OpenAiDialect OpenRouter { get; } = new("google") { UsesReasoningDetails = true };

    /// <summary>Whether signatures stand in <c>reasoning_details</c> on the message rather than in <c>extra_content</c>.</summary>
    public bool UsesReasoningDetails { get; private init; }

    public BodyEdit AddExtraContent(int endOfObject) => new(endOfObject, 0, _extraContent, EndOfExtraContent);

    public BodyEdit ReplaceExtraContent(int start, int length) => new(start, length, _extraContentValue, EndOfExtraContent);

    public BodyEdit AddVendor(int endOfObject, bool isFirst) =>
        new(endOfObject, 0, isFirst ? _vendor : _nextVendor, EndOfVendor);

    public BodyEdit ReplaceVendor(int start, int length) => new(start, length, _vendorValue, EndOfVendor);

    public BodyEdit AddSignature(int endOfObject, bool isFirst) =>
        new(endOfObject, 0, isFirst ? _signature : _nextSignature, End);

    public static BodyEdit ReplaceSignature(int start, int length) => new(start, length, End, End);

    /// <summary>Adds <c>reasoning_details</c> to a message, or an entry to those it has; or replaces the one that it has already.</summary>
    public static BodyEdit AddDetail(in ReasoningDetails details, int endOfMessage, string? callId)
    {
        if ((details.Own(callId) ?? details.Placeholder) is { } present)
        {
            return present;
        }

        string id = callId is null ? "" : $"\"id\":\"{JsonEncodedText.Encode(callId)}\",";
        string entry = $"{{\"type\":\"reasoning.encrypted\",\"format\":\"google-gemini-v1\",{id}\"data\":\"";
        return details.Length > 0
            ? new BodyEdit(details.Start, details.Length, Encoding.UTF8.GetBytes("[" + entry), EndOfDetails)
            : details.End > 0
                ? new BodyEdit(details.End, 0, Encoding.UTF8.GetBytes((details.IsEmpty ? "" : ",") + entry), EndOfVendor)
                : new BodyEdit(endOfMessage, 0, Encoding.UTF8.GetBytes(",\"reasoning_details\":[" + entry), EndOfDetails);
    }
}
