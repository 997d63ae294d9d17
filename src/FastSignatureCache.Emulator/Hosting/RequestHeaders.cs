using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>What a request's headers say about how its body is read.</summary>
/// <param name="Mark">The test's own mark of the conversation; empty for none.</param>
/// <param name="Betas">The values of Anthropic's <c>anthropic-beta</c>.</param>
internal sealed record RequestHeaders(string Mark, IReadOnlyList<string> Betas)
{
    public static RequestHeaders Of(HttpRequest request) => new(
        request.Headers[EmulatorHeaders.Conversation].ToString(),
        request.Headers["anthropic-beta"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
