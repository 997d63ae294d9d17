using System.Diagnostics;
using FastSignatureCache.Bench.Reports;
using FastSignatureCache.Sqlite;

namespace FastSignatureCache.Bench.Throughput.Stores;

/// <summary>How long gets and puts wait while half of the rows expire, beside what they take otherwise.</summary>
internal static class ExpirySection
{
    private const int MeanPauseMilliseconds = 4;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    public static async Task AddToAsync(Report report, StoredCorpus corpus, string path)
    {
        var store = new SqliteSignatureStore(StoreSettings.For(path));
        await using (store.ConfigureAwait(false))
        {
            Console.Error.WriteLine("store: waits without expiry");
            using var traffic = new StoreTraffic(store, corpus, path + ".bare", MeanPauseMilliseconds);
            await traffic.RunAsync(Task.Delay(TimeSpan.FromSeconds(2))).ConfigureAwait(false);
            var idle = await traffic.RunAsync(Task.Delay(Idle)).ConfigureAwait(false);

            Console.Error.WriteLine("store: waits while half of the rows expire");
            var start = Stopwatch.GetTimestamp();
            var removing = store.RemoveExpiredAsync(CancellationToken.None).AsTask();
            var busy = await traffic.RunAsync(removing).ConfigureAwait(false);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

            var table = Distribution.CreateTable();
            idle.Gets.AddTo(table, "get, nothing expires");
            busy.Gets.AddTo(table, "get, half of the rows expire");
            idle.Puts.AddTo(table, "put, nothing expires");
            busy.Puts.AddTo(table, "put, half of the rows expire");
            idle.Bare.AddTo(table, "bare, nothing expires");
            busy.Bare.AddTo(table, "bare, half of the rows expire");
            report.AddHeading("Waits while half of the rows expire");
            report.Add(FormattableString.Invariant(
                $"One caller gets a conversation, another puts a signature, each after a random pause of {MeanPauseMilliseconds} ms on average. {await removing.ConfigureAwait(false):N0} rows expired in {seconds:F1} s. A put is over when it is safe on the disk. ")
                + "Bare is a page that is written to another file on the same disk and made safe, at the same time: what the machine itself makes everybody wait.");
            report.Add(table);
        }
    }
}
