using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Conversations;

/// <summary>A tool that the request declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">The JSON schema of its parameters, or <see langword="null"/> when it has none.</param>
internal sealed record Tool(string Name, JsonObject? Schema);
