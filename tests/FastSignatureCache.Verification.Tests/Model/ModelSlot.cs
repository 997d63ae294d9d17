using System.Collections.Immutable;

namespace FastSignatureCache.Verification.Model;

/// <summary>What should be kept under one key, said in the simplest way. Immutable.</summary>
/// <param name="Key">The key.</param>
/// <param name="Candidates">Newest first; at least one.</param>
/// <param name="Truncated">Whether one was dropped for want of room.</param>
internal sealed record ModelSlot(int Key, ImmutableList<Candidate> Candidates, bool Truncated)
{
    private const int MaxCandidates = 16;

    public ModelSlot(int key, Candidate only)
        : this(key, [only], Truncated: false)
    {
    }

    public ModelSlot? WithoutExpired(int now)
    {
        var live = Candidates.RemoveAll(c => c.ExpiresAt <= now);
        return live.IsEmpty ? null : this with { Candidates = live };
    }

    public ModelSlot With(Candidate added, Func<ModelSlot, bool> fits)
    {
        var others = Candidates.RemoveAll(c => (c.Signature, c.Context) == (added.Signature, added.Context));
        var slot = this with { Candidates = others.Insert(0, added) };
        while (slot.Candidates.Count > MaxCandidates || (slot.Candidates.Count > 1 && !fits(slot)))
        {
            slot = slot with { Candidates = slot.Candidates.RemoveAt(slot.Candidates.Count - 1), Truncated = true };
        }

        return slot;
    }

    public Found Newest() => Hit(Candidates[0]);

    public Found Choose(Context context)
    {
        var left = Candidates.FindAll(c => c.Context.History == context.History);
        if (left.IsEmpty && !Truncated)
        {
            left = Candidates.FindAll(c => c.Context.Turn == context.Turn);
        }

        if (left.IsEmpty && !Truncated && Candidates.Select(c => c.Signature).Distinct().Count() == 1)
        {
            left = Candidates.FindAll(c => c.Context.Occurrence == context.Occurrence);
        }

        return left.Select(c => c.Signature).Distinct().Count() == 1 ? Hit(left[0]) : new(SignatureLookupStatus.Ambiguous);
    }

    /// <summary>Equal for slots that behave alike.</summary>
    public override string ToString() => $"{Key}{(Truncated ? " truncated" : "")}: {string.Join(", ", Candidates)}";

    private Found Hit(Candidate candidate) => new(SignatureLookupStatus.Hit, Key, candidate.Signature, candidate.ExpiresAt);
}
