namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>One thing that happens in a world: what, to which conversation, and a choice whose meaning depends on it.</summary>
public sealed record GeneratedOperation(byte Kind, byte Who, byte Choice);

/// <summary>Which clients there are and what happens to their conversations; everything is taken modulo a small number.</summary>
public sealed record GeneratedWorld(byte Wire, byte Ids, byte Sessions, byte Callers, byte Cache, GeneratedOperation[] Operations);
