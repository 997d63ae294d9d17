namespace FastSignatureCache.Gateway.Tests.Conversations;

/// <summary>All that a client takes from an answer.</summary>
/// <param name="Text">The text; empty when there is none.</param>
/// <param name="Calls">The calls.</param>
internal sealed record Said(string Text, IReadOnlyList<SaidCall> Calls)
{
    public Said WithoutCallIds() => this with { Calls = [.. Calls.Select(call => call with { Id = null })] };
}
