namespace FastSignatureCache.Http.Tests.Properties.Identity;

/// <summary>One conversation on its client's side.</summary>
internal sealed record Branch(string Caller, string? Session, string? Instructions)
{
    public List<Entry> History { get; init; } = [];

    public Branch Fork() => this with { History = [.. History] };

    /// <summary>All that the client says before the entry with this number, to whom, and as whom.</summary>
    public string WordsBefore(int entry) =>
        $"{Caller}/{Session}/{Instructions}/{string.Concat(History.Take(entry).Select(static said => said.Words))}";
}
