using System.Globalization;
using System.Text.RegularExpressions;

namespace FastSignatureCache.Http.Recovery;

/// <summary>
/// Recognises what providers say about signatures, by their text alone: intermediaries wrap the errors in others, some several times over,
/// and change the status. Thread-safe.
/// </summary>
internal static partial class RejectionText
{
    /// <summary>What the error says of a signature; null when it is about something else.</summary>
    /// <param name="body">The body of the answer, of any length that the caller wants to spend time on.</param>
    public static Rejection? Classify(string body)
    {
        string text = Unescape(body);
        return Match(MissingInGeminiApi(), text, RejectionReason.Missing, isCountedFromOne: true)
            ?? Match(MissingInVertex(), text, RejectionReason.Missing, isCountedFromOne: true)
            ?? Match(Undecodable(), text, RejectionReason.Undecodable)
            ?? Match(Invalid(), text, RejectionReason.Invalid)
            ?? Match(InvalidThinking(), text, RejectionReason.Invalid)
            ?? Match(WithoutSignature(), text, RejectionReason.Incomplete)
            ?? Match(ModifiedThinking(), text, RejectionReason.Modified)
            ?? Match(MissingThinking(), text, RejectionReason.Missing);
    }

    private static Rejection? Match(Regex pattern, string text, RejectionReason reason, bool isCountedFromOne = false)
    {
        Match match = pattern.Match(text);
        if (!match.Success)
        {
            return null;
        }

        int? entry = Number(match.Groups["entry"]) - (isCountedFromOne ? 1 : 0);
        return new Rejection(reason, entry >= 0 ? entry : null, Number(match.Groups["position"]));
    }

    private static int? Number(Group group) =>
        int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    // JSON within JSON has its quotes escaped as often as it is wrapped, and some writers escape the backquote and the apostrophe too.
    private static string Unescape(string text) => Backslashes().Replace(
        EscapedMarks().Replace(text, static mark => mark.ValueSpan[^1] == '0' ? "`" : "'"), "");

    [GeneratedRegex(@"\\+u00(60|27)")]
    private static partial Regex EscapedMarks();

    [GeneratedRegex(@"\\+")]
    private static partial Regex Backslashes();

    [GeneratedRegex(@"missing a thought_signature in functionCall parts(?:[^`]{0,400}`[^`]*`\s*,\s*position (?<entry>\d+))?", RegexOptions.CultureInvariant)]
    private static partial Regex MissingInGeminiApi();

    [GeneratedRegex(@"in the (?<entry>\d+)\. content block is missing a `thought_signature`", RegexOptions.CultureInvariant)]
    private static partial Regex MissingInVertex();

    [GeneratedRegex(
        @"Invalid value at 'contents\[(?<entry>\d+)\]\.parts\[(?<position>\d+)\]\.(?:thought_signature|thoughtSignature)'[^']{0,100}Base64 decoding failed",
        RegexOptions.CultureInvariant)]
    private static partial Regex Undecodable();

    [GeneratedRegex(@"Corrupted thought signature|Thought signature is not valid", RegexOptions.CultureInvariant)]
    private static partial Regex Invalid();

    [GeneratedRegex(
        @"(?:messages\.(?<entry>\d+)\.content\.(?<position>\d+): )?Invalid `(?:signature|data)` in `(?:redacted_)?thinking` block", RegexOptions.CultureInvariant)]
    private static partial Regex InvalidThinking();

    [GeneratedRegex(
        @"messages\.(?<entry>\d+)\.content\.(?<position>\d+)\.(?:thinking\.signature|redacted_thinking\.data): Field required", RegexOptions.CultureInvariant)]
    private static partial Regex WithoutSignature();

    [GeneratedRegex(
        @"(?:messages\.(?<entry>\d+)\.content\.(?<position>\d+): )?`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified",
        RegexOptions.CultureInvariant)]
    private static partial Regex ModifiedThinking();

    [GeneratedRegex(
        @"(?:messages\.(?<entry>\d+)\.content\.(?<position>\d+)\.type: )?Expected `thinking` or `redacted_thinking`, but found", RegexOptions.CultureInvariant)]
    private static partial Regex MissingThinking();
}
