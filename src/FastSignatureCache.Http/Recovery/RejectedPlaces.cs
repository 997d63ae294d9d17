using System.Runtime.CompilerServices;
using BitFaster.Caching.Lru;
using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Restoration;

namespace FastSignatureCache.Http.Recovery;

/// <summary>
/// The places that an upstream refused, with what the client itself had sent in them: a history that comes again must not be refused
/// again. Bounded, the last used stay; what is forgotten costs one more refusal. Thread-safe.
/// </summary>
internal sealed class RejectedPlaces
{
    /// <summary>How many are remembered.</summary>
    public const int Capacity = 10_000;

    // Handlers come and go with HttpClientFactory; what they learn goes with the cache.
    private static readonly ConditionalWeakTable<ISignatureCache, RejectedPlaces> OfCaches = [];

    private readonly ConcurrentLru<SignatureKey, UInt128> _places = new(Capacity);

    public bool IsEmpty => _places.Count == 0;

    public static RejectedPlaces Of(ISignatureCache cache) => OfCaches.GetOrCreateValue(cache);

    public void Add(RequestRestoration request, in SignaturePlace place) =>
        _places.AddOrUpdate(request.KeyOfRejection(place), request.Protocol.Editor.OwnHash(request, place));

    public bool Contains(RequestRestoration request, in SignaturePlace place) =>
        _places.TryGet(request.KeyOfRejection(place), out UInt128 own) && own == request.Protocol.Editor.OwnHash(request, place);
}
