using System.Globalization;
using System.Text.RegularExpressions;
using FastSignatureCache.Emulator.Conversations;

namespace FastSignatureCache.Emulator.Scripting;

/// <summary>
/// What the newest user text asks the model to do: <c>[steps: 1,2,1]</c>, <c>[say: words]</c> and <c>[thinking: t,tr,0]</c>.
/// </summary>
/// <param name="Steps">The number of calls in each step of the turn.</param>
/// <param name="Say">The text before the calls, or <see langword="null"/>.</param>
/// <param name="Thinking">The thinking blocks of each step, or <see langword="null"/> for the usual ones.</param>
internal sealed partial record Directives(IReadOnlyList<int> Steps, string? Say, ThinkingLayout? Thinking)
{
    private const int MaxCallsPerStep = 100;
    private static readonly int[] DefaultSteps = [1, 1, 1];

    public static Directives Of(Conversation conversation)
    {
        var text = conversation.TurnStart > 0 ? conversation.Contents[conversation.TurnStart - 1].Text : "";
        var steps = StepsPattern().Match(text);
        var say = SayPattern().Match(text);
        var thinking = ThinkingPattern().Match(text);
        return new Directives(
            steps.Success ? ReadSteps(steps.Groups[1].ValueSpan) : DefaultSteps,
            say.Success ? say.Groups[1].Value : null,
            thinking.Success ? ThinkingLayout.TryParse(thinking.Groups[1].Value) : null);
    }

    private static List<int> ReadSteps(ReadOnlySpan<char> text)
    {
        var steps = new List<int>();
        foreach (var range in text.Split(','))
        {
            if (int.TryParse(text[range], CultureInfo.InvariantCulture, out var calls) && calls is > 0 and <= MaxCallsPerStep)
                steps.Add(calls);
        }
        return steps;
    }

    [GeneratedRegex(@"\[steps:([\d\s,]*)\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StepsPattern();

    [GeneratedRegex(@"\[say:\s*([^\]]*)\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SayPattern();

    [GeneratedRegex(@"\[thinking:([^\]]*)\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ThinkingPattern();
}
