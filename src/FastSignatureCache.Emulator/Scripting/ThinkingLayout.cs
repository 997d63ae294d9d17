using System.Text.RegularExpressions;

namespace FastSignatureCache.Emulator.Scripting;

/// <summary>
/// Which thinking blocks each step of a turn begins with, one letter a block: the same text that options and directive have.
/// What was issued can be told from it afterwards, so the emulator need not remember.
/// </summary>
internal sealed partial class ThinkingLayout
{
    public const char Plain = 't';
    public const char Redacted = 'r';
    public const char Empty = 'e';
    private const string None = "0";
    private readonly string[] _steps;

    private ThinkingLayout(string[] steps) => _steps = steps;

    /// <summary>The blocks of a step; the last step of the list stands for all that follow.</summary>
    public string Of(int step) => _steps[Math.Min(step, _steps.Length - 1)];

    public static ThinkingLayout? TryParse(string text) => !Form().IsMatch(text)
        ? null
        : new ThinkingLayout([.. text.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries)
            .Select(step => step == None ? "" : step)]);

    [GeneratedRegex(@"^\s*(0|[tre]{1,20})\s*(,\s*(0|[tre]{1,20})\s*)*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
