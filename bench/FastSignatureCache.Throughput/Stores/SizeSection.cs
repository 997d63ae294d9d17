using System.Globalization;
using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Sqlite;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>Fills the store, and compares its file with what it holds.</summary>
internal static class SizeSection
{
    private const int Batch = 500;

    public static async Task AddToAsync(Report report, StoredCorpus corpus, string path)
    {
        Console.Error.WriteLine($"store: filling it with {corpus.Rows} rows");
        var store = new SqliteSignatureStore(StoreSettings.For(path));
        await using (store.ConfigureAwait(false))
        {
            foreach (var batch in Enumerable.Range(0, corpus.Rows).Chunk(Batch))
            {
                await store.PutAsync([.. batch.Select(number => corpus[number])], CancellationToken.None).ConfigureAwait(false);
            }
        }

        var (file, packed) = (new FileInfo(path).Length, (long)corpus.Rows * corpus.PackedLength);
        var table = new MarkdownTable("rows", "bytes of a packed signature", "all of them, MB", "file, MB", "file / packed");
        table.Add(
            Format(corpus.Rows, "N0"),
            Format(corpus.PackedLength, "N0"),
            Format(packed / 1e6, "F1"),
            Format(file / 1e6, "F1"),
            Format((double)file / packed, "F3"));
        report.AddHeading("Size");
        report.Add(
            "What a row takes besides its payload is the same for short ones and for long ones: key, context, times, checksum and two indexes.");
        report.Add(table);
    }

    private static string Format(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
