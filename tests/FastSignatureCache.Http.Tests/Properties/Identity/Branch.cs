namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>One conversation on its client's side.</summary>
internal sealed record Branch(string Caller, string? Session, string? Instructions)
{
    public List<Entry> History { get; init; } = [];

    public Branch Fork() => this with { History = [.. History] };

    /// <summary>
    /// What the turn of the entry with this number says before it. A conversation is its session, or else its instructions and opening.
    /// </summary>
    public string TurnBefore(int entry)
    {
        string conversation = Session ?? History[0].Words;
        int start = Math.Max(0, History.FindLastIndex(entry - 1, static said => said is UserMessage));
        return $"{Caller}/{conversation}/{Instructions}/{string.Concat(History.Take(entry).Skip(start).Select(static said => said.TurnWords))}";
    }

    /// <summary>All that the client says before the entry with this number, to whom, and as whom.</summary>
    public string WordsBefore(int entry) =>
        $"{Caller}/{Session}/{Instructions}/{string.Concat(History.Take(entry).Select(static said => said.Words))}";
}
