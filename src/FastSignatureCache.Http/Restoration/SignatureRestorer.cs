using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Recovery;

namespace FastSignatureCache.Http.Restoration;

/// <summary>Finds what requests lack. Thread-safe.</summary>
internal sealed class SignatureRestorer(ISignatureCache cache)
{
    private readonly RejectedPlaces _rejected = RejectedPlaces.Of(cache);

    /// <summary>Puts back what the request lacks and the cache has.</summary>
    public async ValueTask RestoreAsync(RequestRestoration request, CancellationToken cancellationToken)
    {
        await cache.PrefetchAsync(request.ConversationId, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < request.Transcript.Places.Count; i++)
        {
            Restore(request, i);
        }
    }

    /// <summary>Whether there is anything to do for a request at all.</summary>
    public bool Concerns(RequestRestoration request)
    {
        request.Rejected = _rejected.Of(request.ConversationId);
        if (request.Rejected is not null)
        {
            return true;
        }

        foreach (ref readonly SignaturePlace place in CollectionsMarshal.AsSpan(request.Transcript.Places))
        {
            if (!place.IsSigned)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The signature that is kept for a place, if there is exactly one that it can be.</summary>
    public RestoredSignature? Find(RequestRestoration request, in SignaturePlace place)
    {
        var alternatives = default(Alternatives);
        int count = request.WriteKeys(place, alternatives);
        count = IsGoodOnlyAfterItsHistory(request, place) ? 1 : count;
        ReadOnlySpan<ContextualKey> keys = alternatives;
        keys = keys[..count];
        while (cache.Lookup(keys) is { IsHit: true, Entry: { } entry })
        {
            int name = 0;
            while (alternatives[name].Key.PartId != entry.Key.PartId)
            {
                name++;
            }

            if (!place.IsContradictedBy(entry.Context, name, request.Transcript.Hash))
            {
                return new RestoredSignature(entry, name);
            }

            keys = alternatives;
            keys = keys[(name + 1)..count];
        }

        return null;
    }

    /// <summary>Whether no less certain name will do than that of what stood before.</summary>
    private static bool IsGoodOnlyAfterItsHistory(RequestRestoration request, in SignaturePlace place) =>
        // No upstream asks for the thinking before a text, but one can refuse it where the steps to that text have been left out.
        request.Policy.IsPrefixBound || (request.Transcript.SignsThinking && place.Part.Kind == PartKind.Text);

    private void Restore(RequestRestoration request, int number)
    {
        SignaturePlace place = request.Transcript.Places[number];
        RejectedPlace? rejected = Rejected(request, place);
        if (rejected is { WasMissing: false })
        {
            request.Substitute(number);
        }
        else if (!place.IsSigned && place.IsRestorable)
        {
            request.Lacking++;
            if (Find(request, place) is { } found)
            {
                request.Restore(number, found);
            }
            else if (rejected is not null)
            {
                request.Substitute(number);
            }
        }
    }

    /// <summary>What is remembered of the place, if the client has not sent something else there since.</summary>
    private static RejectedPlace? Rejected(RequestRestoration request, in SignaturePlace place) =>
        request.Rejected is { } places && places.TryGetValue(request.KeyOfRejection(place), out RejectedPlace rejected)
            && rejected.OwnHash == request.Protocol.Editor.OwnHash(request, place)
            ? rejected
            : null;

    [InlineArray(SignaturePlace.MaxNames)]
    private struct Alternatives
    {
        private ContextualKey _first;
    }
}
