namespace FastSignatureCache.Verification.Model;

/// <summary>A generated program for one thread, and the cache it runs on.</summary>
public sealed record Program(Settings Settings, Operation[] Steps)
{
    public override string ToString() => $"{Settings}\n{string.Join('\n', (object[])Steps)}";
}
