using System.Text.Json.Nodes;

namespace FastSignatureCache.Emulator.Scripting;

/// <summary>One call that the model makes.</summary>
internal sealed record AnswerCall(string Name, JsonObject Arguments, string? Id, string? Signature);
