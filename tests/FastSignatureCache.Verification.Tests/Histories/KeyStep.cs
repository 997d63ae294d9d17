using FastSignatureCache.Verification.Model;

namespace FastSignatureCache.Verification.Histories;

/// <summary>The part of a call that concerns one key.</summary>
/// <param name="Call">The call.</param>
/// <param name="Apply">What it does to the key: what is kept after it, and whether the answer can be right.</param>
internal sealed record KeyStep(Call Call, Func<ModelSlot?, (ModelSlot? After, bool IsPossible)> Apply)
{
    /// <summary>What the calls do to one key, as long as nothing is evicted and nothing expires.</summary>
    public static IEnumerable<KeyStep> Of(int key, IEnumerable<Call> history) =>
        history.SelectMany(call => Of(key, call).Select(apply => new KeyStep(call, apply)));

    private static IEnumerable<Func<ModelSlot?, (ModelSlot? After, bool IsPossible)>> Of(int key, Call call)
    {
        switch (call.Operation)
        {
            case Operation.Put put when put.Key == key:
                yield return _ => (new(key, Candidate(put.Signature, default)), call.Answer is true);
                break;
            case Operation.PutCandidate put when put.Key == key:
                var candidate = Candidate(put.Signature, put.Context);
                yield return slot => (slot?.With(candidate, _ => true) ?? new(key, candidate), call.Answer is true);
                break;
            case Operation.Find find when find.Key == key:
                yield return slot => (slot, call.Found == (slot?.Newest() ?? new(SignatureLookupStatus.Miss)));
                break;
            case Operation.Remove or Operation.Report when Target(call.Operation) == key:
                yield return slot => (null, call.Answer is true == slot is not null);
                break;
            case Operation.Clear:
                yield return _ => (null, true);
                break;
            case Operation.Choose choose:
                // Each alternative is a look-up of its own, up to the one that hits.
                foreach (var alternative in (int[])[choose.Key, choose.OtherKey])
                {
                    var isLast = call.Found!.Value.Key == alternative;
                    if (alternative == key)
                    {
                        // Whether the first one was ambiguous at its moment is the other key's history.
                        var isSecond = alternative == choose.OtherKey;
                        yield return slot => (slot, IsPossible(slot, choose.Context, isLast ? call.Found : null, byHistory: false)
                            || (isSecond && IsPossible(slot, choose.Context, isLast ? call.Found : null, byHistory: true)));
                    }

                    if (isLast)
                    {
                        break;
                    }
                }

                break;
        }
    }

    private static bool IsPossible(ModelSlot? slot, Context context, Found? hit, bool byHistory)
    {
        var found = slot?.Choose(context, byHistory) ?? new(SignatureLookupStatus.Miss);
        return hit is null ? found.Status != SignatureLookupStatus.Hit : found == hit;
    }

    private static int Target(Operation operation) => operation is Operation.Remove remove ? remove.Key : ((Operation.Report)operation).Key;

    private static Candidate Candidate(int signature, Context context) => new(signature, context, Settings.TimeToLive);
}
