using FastSignatureCache.Emulator.Rules;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>Counts while requests run.</summary>
internal sealed class Counters
{
    private readonly Lock _lock = new();
    private EmulatorStatistics _counts = new();

    public EmulatorStatistics Snapshot()
    {
        lock (_lock)
            return _counts;
    }

    public void Accepted(int signaturesIssued) => Change(counts => counts with
    {
        Requests = counts.Requests + 1,
        Accepted = counts.Accepted + 1,
        SignaturesIssued = counts.SignaturesIssued + signaturesIssued,
    });

    public void Refused(RefusalReason reason) => Change(counts => counts with
    {
        Requests = counts.Requests + 1,
        RefusedMissing = counts.RefusedMissing + (reason == RefusalReason.Missing ? 1 : 0),
        RefusedCorrupted = counts.RefusedCorrupted + (reason == RefusalReason.Corrupted ? 1 : 0),
        RefusedOther = counts.RefusedOther + (reason == RefusalReason.Other ? 1 : 0),
        Faulted = counts.Faulted + (reason == RefusalReason.Fault ? 1 : 0),
    });

    public void SignatureVerified() => Change(counts => counts with { SignaturesVerified = counts.SignaturesVerified + 1 });

    public void PlaceholderAccepted() => Change(counts => counts with { PlaceholdersAccepted = counts.PlaceholdersAccepted + 1 });

    private void Change(Func<EmulatorStatistics, EmulatorStatistics> change)
    {
        lock (_lock)
            _counts = change(_counts);
    }
}
