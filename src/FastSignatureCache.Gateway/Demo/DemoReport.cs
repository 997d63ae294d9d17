using System.Globalization;
using Spectre.Console;

namespace FastSignatureCache.Gateway.Demo;

/// <summary>Shows what the demo found: colours and lines on a terminal, plain text in a file.</summary>
internal sealed class DemoReport
{
    // A file has no width; the default of 80 would fold the table.
    private const int FileWidth = 200;

    private readonly IAnsiConsole _console;
    private readonly bool _isPlain;

    private DemoReport(IAnsiConsole console, bool isPlain) => (_console, _isPlain) = (console, isPlain);

    public static DemoReport For(TextWriter output)
    {
        var isPlain = output != Console.Out || Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(output),
        });
        if (isPlain)
        {
            console.Profile.Width = FileWidth;
        }

        return new DemoReport(console, isPlain);
    }

    public void Write(IReadOnlyCollection<DemoOutcome> outcomes, ISignatureCache cache)
    {
        _console.WriteLine();
        _console.MarkupLine("[bold]Clients that drop thought signatures or thinking, on an upstream that wants them back[/]");
        _console.MarkupLine("[dim]Upstream and gateway run on this machine: no key, no network.[/]");
        _console.WriteLine();
        WriteTable(outcomes);
        _console.WriteLine();
        WriteErrors(outcomes.SelectMany(outcome => outcome.Straight.Concat(outcome.Repaired)));
        WriteSummary(outcomes, cache);
    }

    private void WriteTable(IReadOnlyCollection<DemoOutcome> outcomes)
    {
        var table = new Table { Border = _isPlain ? TableBorder.Ascii : TableBorder.Rounded };
        table.BorderStyle(Style.Plain.Decoration(Decoration.Dim));
        table.AddColumns(
            new TableColumn("[bold]Client[/]"),
            new TableColumn("[bold]Conversation[/]"),
            new TableColumn("[bold]Straight to the upstream[/]"),
            new TableColumn("[bold]Through the gateway[/]"));
        foreach (var outcome in outcomes)
        {
            table.AddRow(
                new Markup(Markup.Escape(outcome.Scenario.Client)),
                new Markup(Markup.Escape(outcome.Scenario.Talk)),
                new Markup(Cell(outcome.Straight)),
                new Markup(Cell(outcome.Repaired)));
        }

        _console.Write(table);
    }

    private void WriteErrors(IEnumerable<PlayResult> results)
    {
        foreach (var error in results.Where(result => !result.Passes).GroupBy(result => FirstSentence(result.Error!)))
        {
            _console.MarkupLine(Text($"To {error.Count()} of the conversations the upstream says [red]{Markup.Escape(error.Key)}[/]."));
        }
    }

    private void WriteSummary(IReadOnlyCollection<DemoOutcome> outcomes, ISignatureCache cache)
    {
        var metrics = cache.GetMetrics();
        _console.MarkupLine(Text($"Conversations that pass: [red]{Passing(outcomes, outcome => outcome.Straight)} straight[/], ")
            + Text($"[green]{Passing(outcomes, outcome => outcome.Repaired)} through the gateway[/], ")
            + Text($"of {outcomes.Sum(outcome => outcome.Straight.Count)}."));
        _console.MarkupLine(Text($"Cache: {cache.Count:N0} entries in {cache.EstimatedBytes / 1024.0:N0} KiB, {metrics.Lookups:N0} looked up, ")
            + Text($"hit rate [bold]{metrics.HitRate:0.#} %[/], corruption rate [bold]{metrics.CorruptionRate:0.#} %[/]."));
        _console.WriteLine();
    }

    private static string Cell(IReadOnlyList<PlayResult> results)
    {
        var failed = results.Where(result => !result.Passes).ToList();
        if (failed.Count == 0)
        {
            return results is [var only] ? Text($"[green]passes[/], {only.Steps} requests") : Text($"[green]all {results.Count} pass[/]");
        }

        var which = results.Count == 1 ? "fails"
            : failed.Count == results.Count ? Text($"all {failed.Count} fail")
            : Text($"{failed.Count} of {results.Count} fail");
        return Text($"[red]{which}[/] at request {failed[0].Steps}: {Markup.Escape(failed[0].Error!.Split(' ')[0])}");
    }

    private static int Passing(IEnumerable<DemoOutcome> outcomes, Func<DemoOutcome, IReadOnlyList<PlayResult>> way) =>
        outcomes.Sum(outcome => way(outcome).Count(result => result.Passes));

    private static string FirstSentence(string text) => text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..end] : text;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
