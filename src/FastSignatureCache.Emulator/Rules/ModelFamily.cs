using System.Globalization;
using System.Text.RegularExpressions;
using FastSignatureCache.Emulator.Hosting;

namespace FastSignatureCache.Emulator.Rules;

/// <summary>What a model's name says about its rules.</summary>
internal static partial class ModelFamily
{
    private static readonly string[] Gemini =
        ["gemini-3-pro-preview", "gemini-3-flash-preview", "gemini-2.5-pro", "gemini-2.5-flash"];

    private static readonly string[] Claude =
    [
        "claude-fable-5-1", "claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5",
        "claude-opus-5", "claude-sonnet-5", "claude-opus-4-8", "claude-sonnet-4-6",
        "claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5", "claude-opus-4-1",
    ];

    public static IReadOnlyList<string> Listed(ProtocolKind protocol) => protocol == ProtocolKind.Anthropic ? Claude : Gemini;

    /// <summary>Claude thinks since 3.7, and only that matters here.</summary>
    public static bool IsKnown(string model, ProtocolKind protocol) => protocol == ProtocolKind.Anthropic
        ? ClaudeVersion(model) is { } version && version >= new Version(3, 7)
        : RequiresSignatures(model) || SignsFirstPart(model);

    public static bool RequiresSignatures(string model) => model.StartsWith("gemini-3", StringComparison.Ordinal);

    /// <summary>Gemini 2.5 signs the first part of any kind and gets along without its signature.</summary>
    public static bool SignsFirstPart(string model) => model.StartsWith("gemini-2.5", StringComparison.Ordinal);

    /// <summary>Claude up to 4.5 wants every thinking block of a tool loop back; since 4.6 it verifies those that come.</summary>
    public static bool RequiresThinking(string model) => ClaudeVersion(model) is { } version && version <= new Version(4, 5);

    /// <summary>
    /// Since Claude 5.1 a thinking block is bound to all that stood before it. Mythos records that too and does not look.
    /// </summary>
    public static bool BindsThinking(string model) => ClaudeVersion(model) is { } version && version >= new Version(5, 1)
        && !model.StartsWith("claude-mythos", StringComparison.Ordinal);

    // "claude-fable-5.1" and "claude-fable-5-1" are the same; a date behind the version is none of its numbers.
    private static Version? ClaudeVersion(string model)
    {
        var match = ClaudeName().Match(model);
        if (!match.Success)
            return null;
        var minor = match.Groups[2].Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return new Version(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), minor);
    }

    [GeneratedRegex(@"^claude-(?:[a-z]+-)?(\d{1,2})(?:[-.](\d{1,2}))?(?![\d.])", RegexOptions.CultureInvariant)]
    private static partial Regex ClaudeName();
}
