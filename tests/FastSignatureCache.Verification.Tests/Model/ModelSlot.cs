using System.Collections.Immutable;

namespace FastSignatureCache.Verification.Model;

/// <summary>What should be kept under one key, said in the simplest way. Immutable.</summary>
/// <param name="Key">The key.</param>
/// <param name="Candidates">Newest first; at least one.</param>
/// <param name="Truncated">Whether there were too many: then only the newest is left.</param>
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
        var others = Candidates.RemoveAll(added.IsSame);
        var slot = this with { Candidates = others.Insert(0, added) };
        return Truncated || slot.Candidates.Count > MaxCandidates || !fits(slot)
            ? new(Key, [added], Truncated: true)
            : slot;
    }

    public Found Newest() => Hit(Candidates[0]);

    /// <param name="context">What is asked for.</param>
    /// <param name="byHistory">Whether nothing but the history counts.</param>
    public Found Choose(Context context, bool byHistory) =>
        Chosen(context, byHistory) is { } chosen ? Hit(chosen) : new(SignatureLookupStatus.Ambiguous);

    /// <returns>Null when several could be meant.</returns>
    public Candidate? Chosen(Context context, bool byHistory)
    {
        if (Truncated)
        {
            return null;
        }

        var left = Candidates.FindAll(c => c.Context.History == context.History);
        if (left.IsEmpty && !byHistory)
        {
            left = Candidates.FindAll(c => c.Context.Turn == context.Turn);
        }

        if (left.IsEmpty && !byHistory && Candidates.Select(c => c.Signature).Distinct().Count() == 1)
        {
            left = Candidates.FindAll(c => c.Context.Occurrence == context.Occurrence);
        }

        return left.Select(c => c.Signature).Distinct().Count() == 1 ? left[0] : null;
    }

    /// <summary>Equal for slots that behave alike.</summary>
    public override string ToString() => $"{Key}{(Truncated ? " truncated" : "")}: {string.Join(", ", Candidates)}";

    private Found Hit(Candidate candidate) => new(SignatureLookupStatus.Hit, Key, candidate.Signature, candidate.ExpiresAt);
}
