using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BitFaster.Caching.Lru;
using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Restoration;

namespace FastSignatureCache.Http.Recovery;

/// <summary>
/// The places that an upstream refused, by conversation: a history that comes again must not be refused again. Bounded, the conversations
/// used last stay; what is forgotten costs one more refusal. Thread-safe.
/// </summary>
internal sealed class RejectedPlaces
{
    /// <summary>How many conversations are remembered.</summary>
    private const int Conversations = 1_000;

    /// <summary>How many places of one conversation.</summary>
    private const int PlacesOfConversation = 1_000;

    // Handlers come and go with HttpClientFactory; what they learn goes with the cache.
    private static readonly ConditionalWeakTable<ISignatureCache, RejectedPlaces> OfCaches = [];

    private readonly ConcurrentLru<string, ConcurrentDictionary<SignatureKey, RejectedPlace>> _conversations = new(Conversations);

    // Most processes never see a refusal, and then a request must not pay for the question.
    private volatile bool _isUsed;

    public static RejectedPlaces Of(ISignatureCache cache) => OfCaches.GetOrCreateValue(cache);

    /// <summary>What is remembered of a conversation, null for nothing.</summary>
    public IReadOnlyDictionary<SignatureKey, RejectedPlace>? Of(string conversationId) =>
        _isUsed && _conversations.TryGet(conversationId, out ConcurrentDictionary<SignatureKey, RejectedPlace>? places) ? places : null;

    public void Add(RequestRestoration request, in SignaturePlace place, bool wasMissing)
    {
        _isUsed = true;
        ConcurrentDictionary<SignatureKey, RejectedPlace> places = _conversations.GetOrAdd(request.ConversationId, static _ => []);
        if (places.Count >= PlacesOfConversation)
        {
            places.Clear();
        }

        places[request.KeyOfRejection(place)] = new RejectedPlace(request.Protocol.Editor.OwnHash(request, place), wasMissing);
    }
}
