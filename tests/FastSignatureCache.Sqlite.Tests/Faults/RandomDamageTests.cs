using System.Diagnostics;
using System.Globalization;
using FastSignatureCache.Sqlite.Tests.Support;

namespace FastSignatureCache.Sqlite.Tests.Faults;

/// <summary>
/// Files cut off and files overwritten, database and log, under a cache: nothing is thrown, nothing wrong is served, and the cache goes on.
/// Every trial has a seed. With FSC_VERIFY_MINUTES there are more, for that long.
/// </summary>
public sealed class RandomDamageTests : IAsyncLifetime
{
    private const int Count = 120;
    private const int Trials = 1_000;
    private const int PageSize = 16 * 1024;
    private const string Log = "-wal";
    private static readonly int[] New = [.. Enumerable.Range(Count, 10)];

    private readonly TemporaryFolder _folder = new();
    private byte[] _database = [];
    private byte[] _log = [];
    private int _trials;
    private int _setAside;
    private int _served;
    private int _keptOnDisk;

    public async ValueTask InitializeAsync()
    {
        await using (var first = new CacheOnFile(_folder.Database))
        {
            await first.PutAsync(Enumerable.Range(0, Count / 2));
        }

        // The other half is in the log, as after a kill.
        await using var second = new CacheOnFile(_folder.Database);
        await second.PutAsync(Enumerable.Range(Count / 2, Count / 2));
        _database = await ReadAsync(_folder.Database);
        _log = await ReadAsync(_folder.Database + Log);
        Assert.True(_log.Length > 0);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Without_damage_all_is_served() =>
        Assert.Equal(Count, await TryAsync("no damage", _database, _log));

    [Fact]
    public async Task Cut_off_anywhere()
    {
        var random = new Random(1);
        int[] lengths = [0, 1, 15, 16, 99, 100, 101, 512, 4_096, .. AroundPages(_database.Length), .. Some(_database.Length)];
        foreach (var length in lengths)
        {
            await TryAsync($"database cut off at {length}", _database[..length], _log);
        }

        foreach (var length in (int[])[0, 1, 31, 32, 33, 56, .. AroundPages(_log.Length), .. Some(_log.Length)])
        {
            var served = await TryAsync($"log cut off at {length}", _database, _log[..length]);

            // Whole transactions up to there, and everything that was in the database before.
            Assert.InRange(served, Count / 2, Count);
        }

        Print("files cut off");

        IEnumerable<int> AroundPages(int end) =>
            Enumerable.Range(1, (end - 1) / PageSize).SelectMany(page => new[] { -1, 0, 1 }, (page, more) => Math.Min((page * PageSize) + more, end));

        IEnumerable<int> Some(int end) => Enumerable.Range(0, 20).Select(_ => random.Next(end));
    }

    [Fact]
    public async Task Overwritten_anywhere()
    {
        var minutes = Environment.GetEnvironmentVariable("FSC_VERIFY_MINUTES");
        var time = string.IsNullOrEmpty(minutes) ? TimeSpan.Zero : TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture));
        var started = Stopwatch.GetTimestamp();
        var seed = 0;
        for (; seed < Trials || Stopwatch.GetElapsedTime(started) < time; seed++)
        {
            var random = new Random(seed);
            var (database, log) = ((byte[])_database.Clone(), (byte[])_log.Clone());
            var which = random.Next(3);
            if (which != 0)
            {
                Overwrite(database, random);
            }

            if (which != 1)
            {
                Overwrite(log, random);
            }

            await TryAsync($"seed {seed}", database, log);
        }

        Print("files overwritten");

        // A put into a part of the file that is damaged, where nobody has looked yet, can be lost with that part. That is rare.
        Assert.InRange(_keptOnDisk, seed * 95 / 100, seed);
        Assert.InRange(_setAside, 1, seed);
    }

    private static void Overwrite(byte[] file, Random random)
    {
        for (var spots = 1 + random.Next(8); spots > 0; spots--)
        {
            // Some of it where it hurts most: header and schema of the database, header and first frames of the log.
            var end = random.Next(3) == 0 ? Math.Min(file.Length, 512) : file.Length;
            var length = 1 + random.Next(64);
            random.NextBytes(file.AsSpan(random.Next(end - length), length));
        }
    }

    private async Task<int> TryAsync(string trial, byte[] database, byte[] log)
    {
        try
        {
            using var folder = new TemporaryFolder();
            await File.WriteAllBytesAsync(folder.Database, database, TestStores.Ended);
            await File.WriteAllBytesAsync(folder.Database + Log, log, TestStores.Ended);
            int served;
            await using (var cache = new CacheOnFile(folder.Database))
            {
                served = (await cache.FindAsync(Enumerable.Range(0, Count))).Count;
                await cache.PutAsync(New);
                Assert.Equal(New, await cache.FindAsync(New));
                foreach (var file in folder.SetAside)
                {
                    Assert.Contains(cache.Warnings, warning => warning.Contains(file, StringComparison.Ordinal)
                        && warning.Contains("new one begun", StringComparison.Ordinal)
                        && warning.Contains("delete it", StringComparison.Ordinal));
                }
            }

            await using var later = new CacheOnFile(folder.Database);
            var kept = (await later.FindAsync(Enumerable.Range(0, Count).Concat(New))).Count(New.Contains);
            _keptOnDisk += kept == New.Length ? 1 : 0;
            _setAside += folder.SetAside.Length > 0 ? 1 : 0;
            _served += served;
            _trials++;
            return served;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Trial failed: {trial}.", exception);
        }
    }

    private void Print(string what) => TestContext.Current.TestOutputHelper!.WriteLine(
        $"Measured: {_trials} {what}, {_setAside} set aside, {_served} signatures still served, all of them right; "
        + $"after {_keptOnDisk} of them all that was put then is on the disk");

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, TestStores.Ended);
        return bytes;
    }
}
