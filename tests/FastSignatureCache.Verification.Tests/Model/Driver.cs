using System.Text;
using FastSignatureCache.Verification.Support;

namespace FastSignatureCache.Verification.Model;

/// <summary>Does to a cache what generated programs say. May be used by any number of threads at once.</summary>
internal sealed class Driver(SignatureCache cache, ManualTime time)
{
    /// <summary>The result, with what is needed to see whether it stays as it was.</summary>
    public object? Apply(Operation operation) => Apply(operation, out _);

    public object? Apply(Operation operation, out CachedSignature? handedOut)
    {
        handedOut = null;
        switch (operation)
        {
            case Operation.Put put:
                return Put(put);
            case Operation.PutCandidate put:
                return cache.Put([put.Context.Of(put.Key)], Names.Text(put.Signature));
            case Operation.PutRefused put:
                return cache.Put(Names.Key(put.Key), Refused(put.Fault));
            case Operation.Find { WithReason: false } find:
                cache.TryGet(Names.Key(find.Key), out handedOut);
                return handedOut is null ? new Found(SignatureLookupStatus.Miss) : Describe(new(SignatureLookupStatus.Hit, handedOut));
            case Operation.Find find:
                var found = cache.Lookup(Names.Key(find.Key));
                handedOut = found.Entry;
                return Describe(found);
            case Operation.Choose choose:
                var chosen = cache.Lookup([choose.Context.Of(choose.Key), choose.Context.Of(choose.OtherKey)]);
                handedOut = chosen.Entry;
                return Describe(chosen);
            case Operation.Remove remove:
                return cache.Remove(Names.Key(remove.Key));
            case Operation.Report report:
                return cache.ReportCorrupted(Names.Key(report.Key));
            case Operation.RemoveExpired:
                return cache.RemoveExpired();
            case Operation.Advance advance:
                time.Advance(advance.Ticks);
                return null;
            case Operation.ResetMetrics:
                cache.ResetMetrics();
                return null;
            default:
                cache.Clear();
                return null;
        }
    }

    private static Found Describe(SignatureLookup found) => found.IsHit
        ? new(found.Status, Names.NumberOf(found.Entry.Key), Names.NumberOf(found.Entry.Signature), ManualTime.TicksOf(found.Entry.ExpiresAt))
        : new(found.Status);

    private static string Refused(PutFault fault) => fault switch
    {
        PutFault.Malformed => "not a signature",
        PutFault.Placeholder => "skip_thought_signature_validator",
        _ => new string('A', Names.MaxSignatureLength + 4),
    };

    private bool Put(Operation.Put put) => put.Form switch
    {
        PutForm.Text => cache.Put(Names.Key(put.Key), Names.Text(put.Signature)),
        PutForm.Characters => cache.Put(Names.Key(put.Key), Names.Text(put.Signature).AsSpan()),
        _ => cache.Put(Names.Key(put.Key), Encoding.ASCII.GetBytes(Names.Text(put.Signature))),
    };
}
