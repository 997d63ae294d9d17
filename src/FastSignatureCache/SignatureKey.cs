using System.Diagnostics.CodeAnalysis;

namespace FastSignatureCache;

/// <summary>
/// Names one signature: the conversation and the model it was issued for, and the part of the conversation it stands on.
/// </summary>
/// <remarks>
/// Two keys are equal when all three strings are equal, ordinally and in full; no two different triples are ever equal, whatever
/// characters they hold. The 64-bit hash is computed once, in the constructor, and is keyed with a secret drawn at random for each
/// process: it is different in every run, so it must not be stored, and colliding keys cannot be prepared from outside.
/// Immutable and safe for use by any number of threads.
/// </remarks>
public readonly struct SignatureKey : IEquatable<SignatureKey>
{
    /// <summary>The greatest length of each of the three strings, in characters: 512.</summary>
    public const int MaxPartLength = 512;

    private readonly string? _conversationId;
    private readonly string? _modelId;
    private readonly string? _partId;

    /// <summary>Creates a key. O(length of the three strings), allocates nothing.</summary>
    /// <param name="conversationId">The conversation: 1 to 512 characters.</param>
    /// <param name="modelId">The model: 1 to 512 characters.</param>
    /// <param name="partId">
    /// Tells apart the several signatures of one conversation (a tool call's id, or a fingerprint of the part): 0 to 512 characters.
    /// Empty, the default, stands for the conversation's latest signature.
    /// </param>
    /// <exception cref="ArgumentNullException">One of the strings is null.</exception>
    /// <exception cref="ArgumentException">The conversation or the model is empty, or one of the strings is too long.</exception>
    public SignatureKey(string conversationId, string modelId, string partId = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(conversationId);
        ArgumentException.ThrowIfNullOrEmpty(modelId);
        ArgumentNullException.ThrowIfNull(partId);
        ThrowIfTooLong(conversationId, nameof(conversationId));
        ThrowIfTooLong(modelId, nameof(modelId));
        ThrowIfTooLong(partId, nameof(partId));

        _conversationId = conversationId;
        _modelId = modelId;
        _partId = partId;
        Hash = KeyHash.Compute(conversationId, modelId, partId);
    }

    /// <summary>Forges the hash, so that tests can make two different keys collide.</summary>
    internal SignatureKey(string conversationId, string modelId, string partId, ulong hash)
    {
        _conversationId = conversationId;
        _modelId = modelId;
        _partId = partId;
        Hash = hash;
    }

    /// <summary>The conversation. Empty only for <c>default(SignatureKey)</c>, which no cache accepts.</summary>
    public string ConversationId => _conversationId ?? "";

    /// <summary>The model. Empty only for <c>default(SignatureKey)</c>, which no cache accepts.</summary>
    public string ModelId => _modelId ?? "";

    /// <summary>The part, or empty for the conversation's latest signature.</summary>
    public string PartId => _partId ?? "";

    internal ulong Hash { get; }

    internal bool IsDefault => _conversationId is null;

    /// <summary>Compares two keys.</summary>
    public static bool operator ==(SignatureKey left, SignatureKey right) => left.Equals(right);

    /// <summary>Compares two keys.</summary>
    public static bool operator !=(SignatureKey left, SignatureKey right) => !left.Equals(right);

    /// <summary>Compares the three strings in full. O(length), allocates nothing.</summary>
    /// <param name="other">The other key.</param>
    public bool Equals(SignatureKey other) => Hash == other.Hash && HasSameParts(other);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is SignatureKey other && Equals(other);

    /// <summary>The hash folded to 32 bits. Different in every process.</summary>
    public override int GetHashCode() => Hash.GetHashCode();

    /// <summary>The three strings, for debugging.</summary>
    public override string ToString() => $"{ConversationId} | {ModelId} | {PartId}";

    /// <summary>Compares the three strings, for callers who know that the hashes agree.</summary>
    internal bool HasSameParts(in SignatureKey other) =>
        string.Equals(_conversationId, other._conversationId)
        && string.Equals(_modelId, other._modelId)
        && string.Equals(_partId, other._partId);

    private static void ThrowIfTooLong(string value, string name)
    {
        if (value.Length > MaxPartLength)
        {
            ThrowTooLong(value.Length, name);
        }
    }

    [DoesNotReturn]
    private static void ThrowTooLong(int length, string name) =>
        throw new ArgumentException($"This value must have at most {MaxPartLength} characters, but has {length}.", name);
}
