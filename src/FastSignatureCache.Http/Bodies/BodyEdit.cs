namespace FastSignatureCache.Http.Bodies;

/// <summary>
/// One place in a body where something goes in or is taken out: <paramref name="Length"/> bytes at <paramref name="Offset"/> (none, to
/// insert) give way to <paramref name="Prefix"/>, what goes in, and <paramref name="Suffix"/>.
/// </summary>
internal readonly record struct BodyEdit(int Offset, int Length, byte[] Prefix, byte[] Suffix)
{
    /// <summary>Takes bytes out.</summary>
    public static BodyEdit Removal(int offset, int length) => new(offset, length, [], []);
}
