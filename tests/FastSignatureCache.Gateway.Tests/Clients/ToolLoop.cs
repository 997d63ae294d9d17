namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>Has a model answer a prompt, calling tools as often as it asks for them, and gives its last words.</summary>
/// <param name="http">What the client's library has to send with.</param>
/// <param name="endpoint">The OpenAI-compatible endpoint.</param>
/// <param name="prompt">What the user says.</param>
internal delegate Task<string> ToolLoop(HttpClient http, Uri endpoint, string prompt);
