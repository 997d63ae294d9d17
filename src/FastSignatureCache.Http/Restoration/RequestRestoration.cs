using System.Runtime.CompilerServices;
using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Policies;
using FastSignatureCache.Http.Protocols;
using FastSignatureCache.Http.Recovery;

namespace FastSignatureCache.Http.Restoration;

/// <summary>A request on its way through restoration: what it says, whose it is, and what is put into it. Not thread-safe.</summary>
internal sealed class RequestRestoration(
    IProtocol protocol, Transcript transcript, ReadOnlyMemory<byte> body, UpstreamPolicy policy, string conversationId)
{
    // Most requests need none of them.
    private Dictionary<int, RestoredSignature>? _restored;
    private HashSet<int>? _substituted;
    private List<Insertion>? _insertions;

    public IProtocol Protocol => protocol;

    public Transcript Transcript => transcript;

    /// <summary>The body as the client sent it.</summary>
    public ReadOnlySpan<byte> Body => body.Span;

    public UpstreamPolicy Policy => policy;

    public string ConversationId => conversationId;

    /// <summary>The model as the client names it.</summary>
    public string Model => transcript.Model!;

    /// <summary>The model under which signatures are kept.</summary>
    public string ModelId { get; } = UpstreamPolicies.KeyOf(policy, transcript.Model!);

    /// <summary>How many signatures the client did not send and may have had.</summary>
    public int Lacking { get; set; }

    /// <summary>What was put back, by the number of its place.</summary>
    public Dictionary<int, RestoredSignature> Restored => _restored ??= [];

    /// <summary>The numbers of the places that do without.</summary>
    public HashSet<int> Substituted => _substituted ??= [];

    /// <summary>The edits of the body. In its order only after <see cref="Order"/>.</summary>
    public List<Insertion> Insertions => _insertions ??= [];

    /// <summary>Whether there is an edit.</summary>
    public bool IsEdited => _insertions is { Count: > 0 };

    /// <summary>What was refused before in this conversation; null for nothing.</summary>
    public IReadOnlyDictionary<SignatureKey, RejectedPlace>? Rejected { get; set; }

    /// <summary>The keys that a place's signature may be kept under, most certain first.</summary>
    /// <param name="place">The place.</param>
    /// <param name="keys">Room for <see cref="SignaturePlace.MaxNames"/>.</param>
    /// <returns>How many there are.</returns>
    public int WriteKeys(in SignaturePlace place, Span<ContextualKey> keys)
    {
        var names = default(Names);
        int count = place.WriteNames(names);
        ulong prefix = transcript.Thinking.PrefixBefore(place.Step, transcript);
        for (int i = 0; i < count; i++)
        {
            keys[i] = names[i].In(conversationId, ModelId, prefix, transcript.Instructions);
        }

        return count;
    }

    /// <summary>What a place is called that was refused once. It stays the same when earlier thinking is left out.</summary>
    public SignatureKey KeyOfRejection(in SignaturePlace place) =>
        place.Part.AfterHistory().In(conversationId, ModelId, transcript.Prefix, transcript.Instructions).Key;

    /// <summary>Puts a signature into the place with this number, if it fits.</summary>
    public void Restore(int number, in RestoredSignature found)
    {
        if (protocol.Editor.Restore(this, transcript.Places[number], found))
        {
            Restored[number] = found;
        }
        else
        {
            Restored.Remove(number);
        }
    }

    /// <summary>Has the place with this number do without.</summary>
    /// <returns>Whether the body has to be edited for it.</returns>
    public bool Substitute(int number)
    {
        Substituted.Add(number);
        return protocol.Editor.Substitute(this, transcript.Places[number]);
    }

    /// <summary>
    /// Brings the edits into the order of the body. Of two that replace the same value, as where a message has one signature for several
    /// parts, the one stays that puts something there.
    /// </summary>
    public void Order()
    {
        Insertions.Sort(static (one, other) => one.Edit.Offset.CompareTo(other.Edit.Offset));
        for (int i = Insertions.Count - 1; i > 0; i--)
        {
            if (Insertions[i].Edit.Length > 0 && Insertions[i].Edit.Offset == Insertions[i - 1].Edit.Offset)
            {
                Insertions.RemoveAt(Insertions[i].Length > Insertions[i - 1].Length ? i - 1 : i);
            }
        }
    }

    [InlineArray(SignaturePlace.MaxNames)]
    private struct Names
    {
        private PartReference _first;
    }
}
