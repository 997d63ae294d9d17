namespace FastSignatureCache.Http.Tests.Properties;

/// <summary>What the model does in one step; everything is taken modulo a small number so that equal calls are common.</summary>
public sealed record GeneratedStep(byte Calls, byte Name, byte Argument, bool SpeaksFirst, bool KeepsSignature);
