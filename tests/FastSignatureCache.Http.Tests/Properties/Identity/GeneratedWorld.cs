namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>One thing that happens in a world: what, to which conversation, and a choice whose meaning depends on it.</summary>
public sealed record GeneratedOperation(byte Kind, byte Who, byte Choice);

/// <summary>Which clients there are and what happens to their conversations; everything is taken modulo a small number.</summary>
public sealed record GeneratedWorld(byte Wire, byte Ids, byte Sessions, byte Callers, byte Cache, GeneratedOperation[] Operations)
{
    private const int MaxOperations = 24;

    public static GeneratedWorld Make(int seed)
    {
        var random = new Random(seed);
        byte Any() => (byte)random.Next(256);
        return new GeneratedWorld(
            Any(), Any(), Any(), Any(), Any(),
            [.. Enumerable.Range(0, random.Next(1, MaxOperations + 1)).Select(_ => new GeneratedOperation(Any(), Any(), Any()))]);
    }
}
