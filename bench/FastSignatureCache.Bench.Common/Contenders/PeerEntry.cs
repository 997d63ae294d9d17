using System.ComponentModel;

namespace FastSignatureCache.Bench.Contenders;

/// <summary>What the peers keep. Immutable and sealed, which spares HybridCache copying it.</summary>
[ImmutableObject(true)]
public sealed class PeerEntry
{
    private readonly long _expiresAt;

    private PeerEntry(string conversationId, string modelId, string signature, TimeSpan timeToLive)
    {
        ConversationId = conversationId;
        ModelId = modelId;
        Signature = signature;
        CreatedAt = PeerClock.Now;
        _expiresAt = CreatedAt + (long)timeToLive.TotalMilliseconds;
    }

    /// <summary>The conversation it was put for.</summary>
    public string ConversationId { get; }

    /// <summary>The model it was put for.</summary>
    public string ModelId { get; }

    /// <summary>The signature.</summary>
    public string Signature { get; }

    /// <summary>When it was put, in milliseconds of <see cref="PeerClock"/>.</summary>
    public long CreatedAt { get; }

    /// <summary>Whether its time to live has passed; for peers that have none of their own.</summary>
    public bool HasExpired => PeerClock.Now >= _expiresAt;

    /// <summary>Creates an entry, or null where the signature is malformed: the very check that the engine makes.</summary>
    public static PeerEntry? TryCreate(string conversationId, string modelId, string signature, TimeSpan timeToLive) =>
        ThoughtSignature.IsValid(signature) || JwtFormat.IsValid(signature)
            ? new PeerEntry(conversationId, modelId, signature, timeToLive)
            : null;

    /// <summary>Whether it was put for this conversation and model.</summary>
    public bool IsFor(string conversationId, string modelId) => ConversationId == conversationId && ModelId == modelId;

    /// <summary>Whether it was put for this conversation and model.</summary>
    public bool IsFor(ReadOnlySpan<char> conversationId, ReadOnlySpan<char> modelId) =>
        conversationId.SequenceEqual(ConversationId) && modelId.SequenceEqual(ModelId);
}
