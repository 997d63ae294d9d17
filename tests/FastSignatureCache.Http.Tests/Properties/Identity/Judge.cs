namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>Compares what reached the upstream with what the model issued.</summary>
/// <remarks>
/// <para>A signature is right in one place only: the step that the client got with it, wherever the client has taken that step since. A
/// signature of any other branch is wrong, even where an upstream would take it.</para>
/// <para>Two cases are left out because nothing in the request tells them from what is right. In both the own signature is out of reach:
/// a name has lost it under which the other is kept, it was never kept or issued, or the client has edited what stood before it. While it
/// is within reach, nothing may be put back. And in both no id tells: the client sends none, or the very id of the other.</para>
/// <para>Alike in every word: caller, conversation, instructions, all that was said, the part itself, and the thinking that goes upstream
/// before it. An upstream can't tell either, whatever it binds signatures to.</para>
/// <para>Alike in the turn: caller, conversation, instructions, the newest user message, the calls and results since, and the part itself.
/// By these a step is known whose history was shortened or replaced by a summary, and they can be another's. An upstream that binds
/// signatures to all that stood before can tell, so for its models this is wrong.</para>
/// </remarks>
internal sealed class Judge(IdentityWire wire, SignatureCache cache)
{
    private readonly Dictionary<string, Issued> _issued = [];

    public int Restored { get; private set; }

    public int NotRestored { get; private set; }

    /// <summary>How often another's signature was put back into what is alike in every word.</summary>
    public int Alike { get; private set; }

    /// <summary>How often another's signature was put back into what is alike in its turn.</summary>
    public int AlikeInTurn { get; private set; }

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
                int start = body.IndexOf(marker, StringComparison.Ordinal);
                Check(branch, i, step, body.AsSpan(0, start), body.AsSpan(start + marker.Length), isInTurn: i > turn);
            }
        }
    }

    private void Check(Branch branch, int entry, ModelStep step, ReadOnlySpan<char> before, ReadOnlySpan<char> sent, bool isInTurn)
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
        else
        {
            CheckOther(branch, entry, step, before, sent);
        }
    }

    private void CheckOther(Branch branch, int entry, ModelStep step, ReadOnlySpan<char> before, ReadOnlySpan<char> sent)
    {
        Issued? other = null;
        foreach (Issued issued in _issued.Values)
        {
            other = sent.StartsWith(wire.Model(step, issued.Signature), StringComparison.Ordinal) ? issued : other;
        }

        string words = branch.WordsBefore(entry) + step.SignedWords + wire.ThinkingIn(before);
        string turn = branch.TurnBefore(entry) + step.SignedPart;
        string? id = step.Calls.IsEmpty ? null : step.Calls[0].Id;
        bool isTold = id is not null && other?.CallId != id;
        bool isOutOfReach = other is not null && (step.Truth.Words != words || IsLost(step.Truth, other));
        if (isOutOfReach && !isTold && other!.Words == words)
        {
            Alike++;
        }
        else if (isOutOfReach && !isTold && !wire.IsPrefixBound && other!.Turn == turn)
        {
            AlikeInTurn++;
        }
        else
        {
            Fault = $"""
                Entry {entry} got {other}
                but its own is {step.Truth}
                and it says {words}
                in the turn {turn}
                {sent}
                """;
        }
    }

    /// <summary>Whether a name has forgotten the own signature under which the other one is kept.</summary>
    private bool IsLost(Issued own, Issued other)
    {
        IReadOnlyList<CachedSignature> entries = cache.List(new SignatureEntryQuery { Limit = 1_000 }).Entries;
        return entries
            .Where(entry => wire.IsKept(entry, other.Signature!))
            .Any(entry => own.Signature is null || !entries.Any(kept => kept.Key == entry.Key && wire.IsKept(kept, own.Signature)));
    }
}
