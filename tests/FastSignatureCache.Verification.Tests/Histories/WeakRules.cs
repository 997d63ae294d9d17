using FastSignatureCache.Verification.Model;

namespace FastSignatureCache.Verification.Histories;

/// <summary>
/// What must hold of every history, also when entries are evicted and expire at moments that nobody can know. Needs programs in which
/// every put brings a signature of its own.
/// </summary>
internal static class WeakRules
{
    public static IEnumerable<string> Broken(List<Call> history, bool canEvict)
    {
        var puts = history.Where(c => SignatureOf(c.Operation) is not null).ToDictionary(c => SignatureOf(c.Operation)!.Value);
        foreach (var call in history)
        {
            if (call.Found is not { } found)
            {
                continue;
            }

            if (found.Status == SignatureLookupStatus.Hit)
            {
                if (!puts.TryGetValue(found.Signature!.Value, out var put) || call.IsBefore(put))
                {
                    yield return $"never put before: {call}";
                    continue;
                }

                foreach (var rule in BrokenBy(call, found, put, history))
                {
                    yield return rule;
                }
            }
            else if (!canEvict && call.Operation is Operation.Find find && LostPut(call, find.Key, puts.Values, history) is { } lost)
            {
                yield return $"{lost} was acknowledged, but {call} doesn't find it";
            }
        }
    }

    private static IEnumerable<string> BrokenBy(Call call, Found found, Call put, List<Call> history)
    {
        var key = TargetOf(put.Operation);
        if (found.Key != key || !Asked(call.Operation).Contains(found.Key))
        {
            yield return $"another key's: {call}";
        }

        if (found.ExpiresAt <= call.InvokedAt)
        {
            yield return $"past its time to live: {call}";
        }

        if (found.ExpiresAt < put.InvokedAt + Settings.TimeToLive || found.ExpiresAt > put.ReturnedAt + Settings.TimeToLive)
        {
            yield return $"not its time to live: {call} of {put}";
        }

        if (history.Find(end => Ends(end.Operation, key) && put.IsBefore(end) && end.IsBefore(call)) is { } ended)
        {
            yield return $"gone since {ended}, but found again: {call}";
        }
    }

    // A put that had ended before, has not expired since, and that nobody took back or replaced meanwhile or after. A replacing put counts
    // only if it may have expired: a put's time to live begins when it is called, even if it is held up on its way.
    private static Call? LostPut(Call call, int key, IEnumerable<Call> puts, List<Call> history) => puts.FirstOrDefault(put =>
        TargetOf(put.Operation) == key
        && put.IsBefore(call)
        && put.InvokedAt + Settings.TimeToLive > call.ReturnedAt
        && !history.Exists(end =>
            !end.IsBefore(put)
            && !call.IsBefore(end)
            && end != put
            && (TakesBack(end.Operation, key) || (Ends(end.Operation, key) && end.InvokedAt + Settings.TimeToLive <= call.ReturnedAt))));

    private static bool Ends(Operation operation, int key) =>
        TakesBack(operation, key) || (operation is Operation.Put put && put.Key == key);

    private static bool TakesBack(Operation operation, int key) => operation switch
    {
        Operation.Remove remove => remove.Key == key,
        Operation.Report report => report.Key == key,
        _ => operation is Operation.Clear,
    };

    private static int? SignatureOf(Operation operation) => operation switch
    {
        Operation.Put put => put.Signature,
        Operation.PutCandidate put => put.Signature,
        _ => null,
    };

    private static int TargetOf(Operation operation) => operation is Operation.Put put ? put.Key : ((Operation.PutCandidate)operation).Key;

    private static int?[] Asked(Operation operation) => operation switch
    {
        Operation.Find find => [find.Key],
        Operation.Choose choose => [choose.Key, choose.OtherKey],
        _ => [],
    };
}
