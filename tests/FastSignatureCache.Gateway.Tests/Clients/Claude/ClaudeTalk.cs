namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>Talks with Claude, calling tools as often as it asks for them, in one conversation with its thinking on.</summary>
/// <param name="http">What the client's library has to send with.</param>
/// <param name="address">Where Anthropic's API is.</param>
/// <param name="model">The model.</param>
/// <param name="prompts">What the user says in each turn.</param>
/// <returns>The model's last words in each turn.</returns>
internal delegate Task<IReadOnlyList<string>> ClaudeTalk(HttpClient http, Uri address, string model, IReadOnlyList<string> prompts);
