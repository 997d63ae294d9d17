using System.Collections.Concurrent;

namespace FastSignatureCache.Gateway.Tests.Secrecy;

/// <summary>All that was to be seen, and where. Safe for any number of threads.</summary>
internal sealed class Observations
{
    private readonly ConcurrentDictionary<(string Place, string Text), bool> _seen = new();

    public IEnumerable<string> Places => _seen.Keys.Select(static seen => seen.Place).Distinct();

    public void Add(string place, string text) => _seen.TryAdd((place, text), true);

    /// <summary>What a search finds in all of it: each a line that says what of which secret stood where.</summary>
    public IEnumerable<string> Find(SecretSearch search) =>
        from seen in _seen.Keys
        from found in search.FindIn(seen.Text)
        select $"{found.Name} in {seen.Place}: ...{found.Piece}... of {seen.Text[..Math.Min(seen.Text.Length, 400)]}";
}
