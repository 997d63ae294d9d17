namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>A call as a client keeps it.</summary>
internal sealed record SaidCall(string? Id, string Name, string Arguments);
