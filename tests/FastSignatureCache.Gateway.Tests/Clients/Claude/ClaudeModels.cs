namespace FastSignatureCache.Gateway.Tests.Clients.Claude;

/// <summary>A model of each of Claude's families, which differ in what they hold of thinking that comes back.</summary>
internal static class ClaudeModels
{
    /// <summary>Wants the current turn's thinking back.</summary>
    public const string Requiring = "claude-sonnet-4-5";

    /// <summary>Verifies what comes back.</summary>
    public const string Verifying = "claude-opus-4-8";

    /// <summary>Binds thinking to all that was said before it.</summary>
    public const string Binding = "claude-fable-5-1";

    public static IReadOnlyList<string> All { get; } = [Requiring, Verifying, Binding];

    /// <summary>Whether the model decides by itself how much it thinks.</summary>
    public static bool IsAdaptive(string model) => model != Requiring;
}
