using System.CommandLine;
using FastSignatureCache.Bench.Reports;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary><c>store</c>: what the store in a SQLite file costs.</summary>
internal static class StoreCommand
{
    private const int Rows = 1_000_000;
    private const int SignatureLength = 1_200;

    public static Command Create()
    {
        var rows = new Option<int>("--rows") { Description = "How many signatures the store holds.", DefaultValueFactory = static _ => Rows };
        var length = new Option<int>("--length")
        {
            Description = "How long a signature is, in characters: a multiple of four.",
            DefaultValueFactory = static _ => SignatureLength,
        };
        var reportName = ReportOption.Create();
        var command = new Command(
            "store",
            "Fills a store in a temporary folder, and measures its size, its start, single batches, the waits while half of it expires, and "
            + "what group commit gains. A million rows take about three minutes and 2 GB of disk.")
        {
            rows, length, reportName,
        };
        command.SetAction(async (arguments, _) =>
        {
            var report = new Report("store", "The store in a SQLite file");
            await MeasureAsync(report, new StoredCorpus(arguments.GetValue(rows), arguments.GetValue(length))).ConfigureAwait(false);
            ReportOption.Publish(report, arguments.GetValue(reportName));
        });
        return command;
    }

    private static async Task MeasureAsync(Report report, StoredCorpus corpus)
    {
        var folder = Directory.CreateTempSubdirectory("fsc-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "signatures.db");
            await SizeSection.AddToAsync(report, corpus, path).ConfigureAwait(false);
            await StartSection.AddToAsync(report, corpus, path).ConfigureAwait(false);
            await BatchSection.AddToAsync(report, corpus, path).ConfigureAwait(false);
            await ExpirySection.AddToAsync(report, corpus, path).ConfigureAwait(false);
            await GroupCommitSection.AddToAsync(report, corpus, folder.FullName).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
