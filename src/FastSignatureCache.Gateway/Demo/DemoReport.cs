using System.Globalization;
using Spectre.Console;

namespace FastSignatureCache.Gateway.Demo;

/// <summary>Shows what the demo found: colours and lines on a terminal, plain text in a file.</summary>
internal sealed class DemoReport(IAnsiConsole console)
{
    public const int FileWidth = 200;

    public void Write(IReadOnlyCollection<DemoOutcome> outcomes, ISignatureCache cache)
    {
        console.WriteLine();
        console.MarkupLine("[bold]Clients that drop their thought signatures, on an upstream that wants them back[/]");
        console.MarkupLine("[dim]Upstream and gateway run on this machine: no key, no network.[/]");
        console.WriteLine();
        WriteTable(outcomes);
        console.WriteLine();
        WriteErrors(outcomes.SelectMany(outcome => outcome.Straight.Concat(outcome.Repaired)));
        WriteSummary(outcomes, cache);
    }

    private void WriteTable(IReadOnlyCollection<DemoOutcome> outcomes)
    {
        var table = new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.Ascii };
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

        console.Write(table);
    }

    private void WriteErrors(IEnumerable<PlayResult> results)
    {
        foreach (var error in results.Where(result => !result.Passes).GroupBy(result => FirstSentence(result.Error!)))
        {
            console.MarkupLine(Text($"The upstream says [red]{Markup.Escape(error.Key)}[/] ({error.Count()} times)."));
        }
    }

    private void WriteSummary(IReadOnlyCollection<DemoOutcome> outcomes, ISignatureCache cache)
    {
        var metrics = cache.GetMetrics();
        console.MarkupLine(Text($"Conversations that pass: [red]{Passing(outcomes, outcome => outcome.Straight)} straight[/], ")
            + Text($"[green]{Passing(outcomes, outcome => outcome.Repaired)} through the gateway[/], ")
            + Text($"of {outcomes.Sum(outcome => outcome.Straight.Count)}."));
        console.MarkupLine(Text($"Signatures: {cache.Count:N0} kept in {cache.EstimatedBytes / 1024.0:N0} KiB, {metrics.Lookups:N0} looked up, ")
            + Text($"hit rate [bold]{metrics.HitRate:0.#} %[/], corruption rate [bold]{metrics.CorruptionRate:0.#} %[/]."));
        console.WriteLine();
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
