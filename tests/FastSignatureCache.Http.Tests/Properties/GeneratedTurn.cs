namespace FastSignatureCache.Http.Tests.Properties;

/// <summary>What a user says and the steps that the model takes for it.</summary>
public sealed record GeneratedTurn(byte Text, GeneratedStep[] Steps, bool HasAnswer);
