using FastSignatureCache.Http.Conversations;
using FastSignatureCache.Http.Restoration;

namespace FastSignatureCache.Http.Recovery;

/// <summary>
/// Repairs a request that an upstream refused because of a signature: what was put back wrongly leaves the cache, what the client sent
/// wrongly gives way to ours, and where there is none, the place does without one. Thread-safe.
/// </summary>
internal sealed class RejectionRecovery(ISignatureCache cache, SignatureRestorer restorer)
{
    private readonly RejectedPlaces _rejected = RejectedPlaces.Of(cache);

    /// <summary>Edits the request anew.</summary>
    /// <returns>Whether it differs now from what was refused, in a way that the upstream may accept.</returns>
    public bool TryRepair(RequestRestoration request, Rejection rejection)
    {
        bool[]? named = Named(request, rejection);
        if (rejection.Reason != RejectionReason.Missing && TryReplaceOwn(request, named))
        {
            return true;
        }

        bool isChanged = false;
        List<int> suspects = Suspects(request, rejection, named);
        foreach (int suspect in suspects)
        {
            isChanged |= request.Restored.ContainsKey(suspect);
            SignaturePlace place = request.Transcript.Places[suspect];
            bool isPresent = place.IsSigned || request.Restored.ContainsKey(suspect);
            // An error that names an entry in which there is no place says nothing of any one signature.
            if (isPresent && (named?[suspect] ?? rejection.Entry is null))
            {
                Quarantine(request, suspect, rejection.Reason);
            }

            _rejected.Add(request, place, wasMissing: !isPresent);
        }

        suspects.ForEach(suspect => request.Restored.Remove(suspect));
        return Rebuild(request, suspects, isChanged);
    }

    /// <summary>Which places are at the position that the error names; null when it names none, or one that has no place.</summary>
    private static bool[]? Named(RequestRestoration request, Rejection rejection)
    {
        List<SignaturePlace> places = request.Transcript.Places;
        if (rejection.Entry is not { } entry)
        {
            return null;
        }

        bool[] inEntry = [.. places.Select(place => request.Protocol.Editor.IsAt(request, place, entry))];
        bool[] exact = [.. places.Select((place, i) => inEntry[i] && place.Position == rejection.Position)];
        return exact.Contains(true) ? exact : inEntry.Contains(true) ? inEntry : null;
    }

    /// <summary>What the client sent wrongly is replaced by what is kept for the place, if that is something else.</summary>
    private bool TryReplaceOwn(RequestRestoration request, bool[]? named)
    {
        var replaced = new List<int>();
        List<SignaturePlace> places = request.Transcript.Places;
        for (int i = 0; i < places.Count; i++)
        {
            if (named?[i] != false && places[i].IsSigned && places[i].IsRestorable
                && !request.Substituted.Contains(i) && !request.Restored.ContainsKey(i)
                && restorer.Find(request, places[i]) is { } found && !IsOwn(request, places[i], found))
            {
                request.Restored[i] = found;
                replaced.Add(i);
            }
        }

        // One that does not fit is taken out again.
        return replaced.Count > 0 && Rebuild(request, [], isChanged: true) && replaced.Exists(request.Restored.ContainsKey);
    }

    private static bool IsOwn(RequestRestoration request, in SignaturePlace place, in RestoredSignature found) =>
        request.Protocol.Editor.HashOf(request, found.Signature) == request.Protocol.Editor.OwnHash(request, place);

    /// <summary>What may be the reason of the refusal, and what would be that of the next.</summary>
    private static List<int> Suspects(RequestRestoration request, Rejection rejection, bool[]? named)
    {
        IPlaceEditor editor = request.Protocol.Editor;
        List<SignaturePlace> places = request.Transcript.Places;
        bool isMissing = rejection.Reason == RejectionReason.Missing;
        int firstDistrusted = named is null ? 0 : editor.DistrustsLater ? Array.IndexOf(named, true) : int.MaxValue;
        var suspects = new List<int>();
        for (int i = 0; i < places.Count; i++)
        {
            bool isPresent = places[i].IsSigned || request.Restored.ContainsKey(i);
            // That something is missing says nothing against what is there, unless it is said to be missing just there.
            bool isSuspect = isPresent
                ? named?[i] == true || (!isMissing && i >= firstDistrusted)
                : editor.IsRequired(request, places[i]) || (isMissing && places[i] is { IsFirstCall: true, IsInTurn: true });
            if (isSuspect && !request.Substituted.Contains(i))
            {
                suspects.Add(i);
            }
        }

        return suspects;
    }

    private void Quarantine(RequestRestoration request, int number, RejectionReason reason)
    {
        SignaturePlace place = request.Transcript.Places[number];
        // What the client sent is known to be bad only if it is the same as ours.
        if (request.Restored.ContainsKey(number)
            || (place.IsRestorable && restorer.Find(request, place) is { } found && IsOwn(request, place, found)))
        {
            var keys = new ContextualKey[SignaturePlace.MaxNames];
            int count = request.WriteKeys(place, keys);
            cache.ReportCorrupted(Array.ConvertAll(keys[..count], static key => key.Key), CorruptionOf(reason));
        }
    }

    private static bool Rebuild(RequestRestoration request, List<int> suspects, bool isChanged)
    {
        IPlaceEditor editor = request.Protocol.Editor;
        request.Insertions.Clear();
        bool isHopeless = false;
        for (int i = 0; i < request.Transcript.Places.Count; i++)
        {
            bool isSuspect = suspects.Contains(i);
            if (isSuspect || request.Substituted.Contains(i))
            {
                bool isEdited = request.Substitute(i);
                isChanged |= isSuspect && isEdited;
                isHopeless |= !isEdited && editor.IsRequired(request, request.Transcript.Places[i]);
            }
            else if (request.Restored.TryGetValue(i, out RestoredSignature restored))
            {
                request.Restore(i, restored);
            }
        }

        return isChanged && !isHopeless;
    }

    private static CorruptionReason CorruptionOf(RejectionReason reason) => reason switch
    {
        RejectionReason.Undecodable => CorruptionReason.Undecodable,
        RejectionReason.Modified => CorruptionReason.Modified,
        RejectionReason.Missing or RejectionReason.Incomplete => CorruptionReason.Incomplete,
        _ => CorruptionReason.Invalid,
    };
}
