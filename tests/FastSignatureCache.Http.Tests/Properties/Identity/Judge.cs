namespace FastSignatureCache.Http.Tests.Properties.Identity;

internal sealed class Judge(IdentityWire wire, SignatureCache cache)
{
    private readonly Dictionary<string, Issued> _issued = [];

    public int Restored { get; private set; }

    public int NotRestored { get; private set; }

    public int Alike { get; private set; }

    /// <summary>What is wrong, if anything is.</summary>
    public string? Fault { get; private set; }

    public void Add(Issued issued)
    {
        if (issued.Signature is not null)
        {
            _issued.Add(issued.Signature, issued);
        }
    }

    public void Check(Branch branch, string body)
    {
        int turn = branch.History.FindLastIndex(static entry => entry is UserMessage);
        for (int i = 0; i < branch.History.Count && Fault is null; i++)
        {
            if (branch.History[i] is ModelStep step)
            {
                string marker = IdentityWire.Marker(i);
                string sent = body[(body.IndexOf(marker, StringComparison.Ordinal) + marker.Length)..];
                Check(branch, i, step, sent, isInTurn: i > turn);
            }
        }
    }

    private void Check(Branch branch, int entry, ModelStep step, string sent, bool isInTurn)
    {
        string? truth = step.Truth.Signature;
        if (sent.StartsWith(wire.Model(step, step.IsKept ? truth : null), StringComparison.Ordinal))
        {
            NotRestored += step.IsKept || truth is null || (!isInTurn && !wire.RestoresEarlierTurns && !step.Calls.IsEmpty) ? 0 : 1;
        }
        else if (truth is not null && sent.StartsWith(wire.Model(step, truth), StringComparison.Ordinal))
        {
            Restored++;
        }
        else if (_issued.Values.FirstOrDefault(other => sent.StartsWith(wire.Model(step, other.Signature), StringComparison.Ordinal)) is { } other)
        {
            CheckOther(branch, entry, step, other);
        }
        else
        {
            Fault = $"Entry {entry} is changed: {sent}";
        }
    }

    private void CheckOther(Branch branch, int entry, ModelStep step, Issued other)
    {
        string words = branch.WordsBefore(entry) + step.SignedWords;
        string? id = step.Calls.IsEmpty ? null : step.Calls[0].Id;
        bool isAlike = other.Words == words && (id is null || other.CallId == id);
        if (isAlike && (step.Truth.Words != words || IsLost(step.Truth)))
        {
            Alike++;
            return;
        }

        Fault = $"""
            Entry {entry} got {other}
            but its own is {step.Truth}, {(IsLost(step.Truth) ? "lost" : "kept")}
            and it says {words}
            """;
    }

    private bool IsLost(Issued truth) =>
        !cache.List(new SignatureEntryQuery { Limit = 1_000 }).Entries.Any(entry => entry.Signature == truth.Signature);
}
