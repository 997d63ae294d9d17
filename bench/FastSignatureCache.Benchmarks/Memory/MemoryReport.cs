using System.Globalization;
using FastSignatureCache.Bench.Contenders;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Memory;

/// <summary>What an entry takes in each cache.</summary>
internal sealed class MemoryReport : IContenderVisitor
{
    private const int SignatureLength = 400;

    private static readonly int[] Sizes = [1_000, 1_000_000];

    private readonly MarkdownTable _table = new(
        ["cache", .. Sizes.Select(static size => $"bytes an entry at {Format(size)}"), "by its own estimate"]);

    private MemoryReport()
    {
    }

    public static Report Create()
    {
        var report = new Report("memory", "Memory of an entry");
        var memory = new MemoryReport();
        Roster.VisitAll(memory);
        report.Add(
            $"All in, as the GC reports it: a conversation of 36 characters, a model that all entries share, and a base64 signature of "
            + $"{SignatureLength} characters. As a string, that signature alone takes {StringBytes(SignatureLength)} bytes. "
            + "A cache that drops entries before it is full is charged for those it holds.");
        report.Add(memory._table);
        return report;
    }

    /// <summary>What a string takes: header, method table, length, characters and terminator, in multiples of 8.</summary>
    public static int StringBytes(int length) => (22 + (2 * length) + 7) & ~7;

    public void Visit<TContender>()
        where TContender : struct, IContender<TContender>
    {
        Console.Error.WriteLine(TContender.Name);
        var figures = Sizes.Select(static size => MemoryProbe.Measure<TContender>(size, SignatureLength)).ToList();
        _table.Add(
        [
            TContender.Name,
            .. figures.Select(static figure => Format(figure.BytesPerEntry)),
            string.Join(" / ", figures.Select(static figure => figure.EstimatedBytesPerEntry is { } bytes ? Format(bytes) : "-")),
        ]);
    }

    private static string Format(double bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}
