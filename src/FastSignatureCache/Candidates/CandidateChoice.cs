using FastSignatureCache.Expiration;

namespace FastSignatureCache.Candidates;

/// <summary>Chooses, among the signatures kept under one key, the one that belongs to a context. Never guesses.</summary>
/// <remarks>
/// Clients compact and edit their histories, so that a disagreeing history alone refutes nothing while there is only one candidate. But
/// where several different signatures could be meant, or the one that is left disagrees, restoring nothing is better than restoring a
/// wrong one. Candidates with the very same signature never contradict each other.
/// </remarks>
internal static class CandidateChoice
{
    private enum Level
    {
        History,
        Turn,
        Occurrence,
    }

    /// <summary>O(candidates), allocates nothing.</summary>
    /// <param name="state">What is kept under the key.</param>
    /// <param name="context">What is asked for.</param>
    /// <param name="clock">Tells what has expired.</param>
    /// <param name="isHistoryDecisive">Whether nothing less than an equal history is to be trusted.</param>
    public static SignatureLookup Choose(object state, in SignatureContext context, CoarseClock clock, bool isHistoryDecisive)
    {
        var set = state as CandidateSet;
        var single = state as CachedSignature;
        ReadOnlySpan<CachedSignature> entries = set is null ? new ReadOnlySpan<CachedSignature>(in single!) : set.Entries;
        if (KeyState.NewestLive(state, clock) is not { } newest)
        {
            return new(SignatureLookupStatus.Expired, null);
        }

        if (set is { Truncated: true })
        {
            // Whatever fits now may be what is left of several that did.
            return new(SignatureLookupStatus.Ambiguous, null);
        }

        for (var level = Level.History; level <= (isHistoryDecisive ? Level.History : Level.Turn); level++)
        {
            if (TryLevel(entries, context, level, clock, out var found))
            {
                return found;
            }
        }

        // Nothing agrees in its history. The only signature there is may still be meant, after its history was edited: if it is the
        // same occurrence of an equal part.
        return !isHistoryDecisive
            && AreAllEqual(entries, newest, clock)
            && TryLevel(entries, context, Level.Occurrence, clock, out var last)
                ? last
                : new(SignatureLookupStatus.Ambiguous, null);
    }

    // False when no live candidate agrees at this level; otherwise the hit, or the ambiguity.
    private static bool TryLevel(
        ReadOnlySpan<CachedSignature> entries, in SignatureContext context, Level level, CoarseClock clock, out SignatureLookup found)
    {
        CachedSignature? first = null;
        foreach (var entry in entries)
        {
            if (!Agrees(entry.ContextReference, context, level) || clock.HasPassed(entry.ExpiresTicks))
            {
                continue;
            }

            first ??= entry;
            if (!entry.Packed.Equals(first.Packed))
            {
                found = new(SignatureLookupStatus.Ambiguous, null);
                return true;
            }
        }

        found = new(SignatureLookupStatus.Hit, first);
        return first is not null;
    }

    private static bool Agrees(in SignatureContext kept, in SignatureContext asked, Level level) => level switch
    {
        Level.History => kept.History == asked.History,
        Level.Turn => kept.Turn == asked.Turn,
        _ => kept.Occurrence == asked.Occurrence,
    };

    private static bool AreAllEqual(ReadOnlySpan<CachedSignature> entries, CachedSignature newest, CoarseClock clock)
    {
        foreach (var entry in entries)
        {
            if (!entry.Packed.Equals(newest.Packed) && !clock.HasPassed(entry.ExpiresTicks))
            {
                return false;
            }
        }

        return true;
    }
}
