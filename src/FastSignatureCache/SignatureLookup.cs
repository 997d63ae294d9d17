using System.Diagnostics.CodeAnalysis;

namespace FastSignatureCache;

/// <summary>The result of a look-up, with the reason when there is no entry.</summary>
/// <param name="Status">What the look-up came to.</param>
/// <param name="Entry">The entry on a hit; null otherwise.</param>
public readonly record struct SignatureLookup(SignatureLookupStatus Status, CachedSignature? Entry)
{
    /// <summary>Whether an entry was found.</summary>
    [MemberNotNullWhen(true, nameof(Entry))]
    public bool IsHit => Entry is not null;
}
