namespace FastSignatureCache.Http.Bodies;

/// <summary>What goes into one place of a body: a kept signature, or other text; nothing, where something is only taken out.</summary>
internal readonly record struct Insertion(BodyEdit Edit, CachedSignature? Signature, ReadOnlyMemory<byte> Text)
{
    public Insertion(BodyEdit edit, CachedSignature signature)
        : this(edit, signature, default)
    {
    }

    public Insertion(BodyEdit edit, ReadOnlyMemory<byte> text)
        : this(edit, null, text)
    {
    }

    public int Length => Edit.Prefix.Length + (Signature?.Length ?? Text.Length) + Edit.Suffix.Length;

    /// <summary>Writes it.</summary>
    /// <param name="destination">Of <see cref="Length"/> bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        Edit.Prefix.CopyTo(destination);
        Span<byte> content = destination[Edit.Prefix.Length..^Edit.Suffix.Length];
        if (Signature is null)
        {
            Text.Span.CopyTo(content);
        }
        else
        {
            Signature.CopyTo(content);
        }

        Edit.Suffix.CopyTo(destination[^Edit.Suffix.Length..]);
    }
}
