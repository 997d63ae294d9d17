using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Restoration;

/// <summary>How a protocol's bodies are edited where signatures stand. Stateless and thread-safe.</summary>
internal interface IPlaceEditor
{
    /// <summary>Puts a kept signature into its place, instead of the client's own if there is one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="place">The place.</param>
    /// <param name="found">The signature.</param>
    /// <returns>Whether it fits.</returns>
    bool Restore(RequestRestoration request, in SignaturePlace place, in RestoredSignature found);

    /// <summary>Sees to it that a place does without a signature that was refused or that nobody has, as far as the policy allows.</summary>
    /// <returns>Whether the body has to be edited for it.</returns>
    bool Substitute(RequestRestoration request, in SignaturePlace place);

    /// <summary>Hash of what the client itself sent in the place; 0 for nothing.</summary>
    UInt128 OwnHash(RequestRestoration request, in SignaturePlace place);

    /// <summary>Hash of a kept signature, equal to <see cref="OwnHash"/> if the client sent the same.</summary>
    UInt128 HashOf(RequestRestoration request, CachedSignature signature);

    /// <summary>Whether the upstream would refuse a request that has nothing at all in the place.</summary>
    bool IsRequired(RequestRestoration request, in SignaturePlace place);

    /// <summary>Whether a position that an error names is that of the place.</summary>
    bool IsAt(RequestRestoration request, in SignaturePlace place, int entry);

    /// <summary>Whether what was refused at one place says that later ones are not to be trusted either.</summary>
    bool DistrustsLater { get; }
}
