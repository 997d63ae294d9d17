using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FastSignatureCache.Dashboard.Support;
using Microsoft.Playwright;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using static Microsoft.Playwright.Assertions;

namespace FastSignatureCache.Dashboard;

/// <summary>Whoever looks, and wherever, sees the same figures.</summary>
/// <remarks>Alone: an exporter of the test's own hears all meters of the process.</remarks>
[Collection(nameof(AgreementTests))]
[CollectionDefinition(nameof(AgreementTests), DisableParallelization = true)]
public class AgreementTests(Browser browser)
{
    private const int Capacity = 8;
    private static readonly string Signature = Convert.ToBase64String([.. Enumerable.Range(0, 90).Select(static i => (byte)i)]);
    private static readonly string Another = Convert.ToBase64String([.. Enumerable.Range(90, 90).Select(static i => (byte)i)]);
    private static readonly string[] Models = ["model-a", "model-b", "model-c"];

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public async Task Page_interface_Prometheus_and_OTLP_show_what_the_cache_counts()
    {
        await using var gateway = await LiveGateway.StartAsync(options =>
        {
            options.Cache.Capacity = Capacity;
            options.Cache.TimeToLive = TimeSpan.FromSeconds(5);
            options.Cache.CleanupInterval = Timeout.InfiniteTimeSpan;
        });
        List<Metric> exported = [];
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(SignatureCacheMeter.MeterName).AddInMemoryExporter(exported).Build();
        Use(gateway.Cache);
        var metrics = gateway.Cache.GetMetrics();
        AssertIsRich(metrics);

        Assert.Equal(
            JsonSerializer.Serialize(metrics, Web),
            await gateway.Client.GetStringAsync("/signature-cache/api/metrics", TestContext.Current.CancellationToken));

        provider.ForceFlush();
        var otlp = Sample.From(exported).ToList();
        Assert.Equal(Expected(metrics).OrderBy(Order).ToList(), otlp.OrderBy(Order).ToList());

        var text = await gateway.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var prometheus = text.Split('\n').Select(Sample.FromPrometheus).OfType<Sample>().ToList();
        Assert.All(otlp, sample => Assert.Single(prometheus, sample.IsSameAs));

        await AssertPageShowsAsync(gateway, metrics);
        Assert.Equal(metrics.Lookups, gateway.Cache.GetMetrics().Lookups);
    }

    private static string Order(Sample sample) => $"{sample.Name} {sample.Tags}";

    // Something of everything that is counted.
    private static void Use(ISignatureCache cache)
    {
        foreach (var model in Models)
        {
            var key = KeyOf(model, 0);
            cache.Put(key, Signature);
            for (var i = 0; i < 5_000; i++)
            {
                cache.TryGet(key, out _);
            }

            cache.TryGet(KeyOf(model, 1), out _);
            cache.Put(key, Another);
            cache.Put(key, "no signature");
            cache.ReportCorrupted(key);
        }

        // Which look-ups are timed depends on the key: of so many some are.
        for (var i = 0; i < 50_000; i++)
        {
            cache.TryGet(KeyOf(Models[2], 1_000 + i), out _);
        }

        cache.Put(KeyOf(Models[0], 2), Signature);
        cache.Remove(KeyOf(Models[0], 2));
        for (var i = 0; i < 3 * Capacity; i++)
        {
            cache.Put(KeyOf(Models[1], 10 + i), Signature);
        }

        for (var i = 0; i < 3 * Capacity; i++)
        {
            cache.TryGet(KeyOf(Models[1], 10 + i), out _);
        }

        while (cache.Count > 0)
        {
            cache.RemoveExpired();
        }

        cache.Put(KeyOf(Models[2], 3), Signature);
        cache.Clear();
        cache.Put(KeyOf(Models[2], 4), Signature);
    }

    private static SignatureKey KeyOf(string model, int number) => new($"conversation-{number}", model);

    private static void AssertIsRich(SignatureCacheMetrics metrics)
    {
        Assert.Equal(Models.Order(), metrics.Models.Select(static model => model.Model).Order());
        Assert.All(metrics.Models, static model => Assert.True(model is { Hits: > 0, Misses: > 0, Corruptions: 2 }));
        Assert.All(
            metrics.Removals.Where(static removal => removal.Reason != RemovalReason.Bytes),
            static removal => Assert.True(removal.Count > 0 && removal.Age.Count == removal.Count, $"{removal}"));
        Assert.Equal((true, true, 6), (metrics.EvictedThenMissed > 0, metrics.LookupNanoseconds.Count > 0, metrics.RecentCorruptions.Count));
    }

    private static IEnumerable<Sample> Expected(SignatureCacheMetrics metrics) =>
    [
        Sample.Of("dotnet.cache.requests", metrics.Hits, ("dotnet.cache.request.result", "hit")),
        Sample.Of("dotnet.cache.requests", metrics.Misses, ("dotnet.cache.request.result", "miss")),
        Sample.Of("dotnet.cache.evictions", metrics.Evictions),
        Sample.Of("dotnet.cache.entries", metrics.Entries),
        Sample.Of("dotnet.cache.estimated_size", metrics.EstimatedBytes),
        .. metrics.Models.SelectMany(static model => new[]
        {
            Sample.Of("fast_signature_cache.requests", model.Hits, ("model", model.Model), ("result", "hit")),
            Sample.Of("fast_signature_cache.requests", model.Misses, ("model", model.Model), ("result", "miss")),
            Sample.Of("fast_signature_cache.model.corruptions", model.Corruptions, ("model", model.Model)),
        }),
        .. metrics.MissesByReason.Select(static miss => Sample.Of("fast_signature_cache.misses", miss.Value, ("reason", SnakeCase(miss.Key)))),
        .. metrics.CorruptionsByReason.Select(static corruption =>
            Sample.Of("fast_signature_cache.corruptions", corruption.Value, ("reason", SnakeCase(corruption.Key)))),
        .. metrics.Removals.Select(static removal =>
            Sample.Of("fast_signature_cache.removals", removal.Count, ("reason", SnakeCase(removal.Reason)))),
        .. metrics.Removals.SelectMany(static removal =>
            Quantiles("fast_signature_cache.removal.age", removal.Age, 1, ("reason", SnakeCase(removal.Reason)))),
        .. metrics.Removals.SelectMany(static removal =>
            Quantiles("fast_signature_cache.removal.uses", removal.Uses, 1, ("reason", SnakeCase(removal.Reason)))),
        .. Quantiles("fast_signature_cache.request.duration", metrics.LookupNanoseconds, 1e-9),
        Sample.Of("fast_signature_cache.request.duration.samples", metrics.LookupNanoseconds.Count),
        Sample.Of("fast_signature_cache.evicted_then_missed", metrics.EvictedThenMissed),
        Sample.Of("fast_signature_cache.puts", metrics.Puts),
        Sample.Of("fast_signature_cache.renewals", metrics.Renewals),
        Sample.Of("fast_signature_cache.refreshes", metrics.Refreshes, ("result", "refreshed")),
        Sample.Of("fast_signature_cache.refreshes", metrics.RefreshFailures, ("result", "failed")),
        Sample.Of("fast_signature_cache.refused_sizes", metrics.RefusedSizes),
        Sample.Of("fast_signature_cache.capacity", metrics.Capacity),
        Sample.Of("fast_signature_cache.size_limit", metrics.MaxBytes),
        Sample.Of("fast_signature_cache.store.loads", metrics.StoreLoads),
        Sample.Of("fast_signature_cache.store.failures", metrics.StoreFailures),
        Sample.Of("fast_signature_cache.store.refusals", metrics.StoreRefusals),
        Sample.Of("fast_signature_cache.store.drops", metrics.StoreDrops),
        Sample.Of("fast_signature_cache.store.degraded", metrics.IsStoreDegraded ? 1 : 0),
    ];

    private static IEnumerable<Sample> Quantiles(string name, DistributionMetrics values, double unit, params (string Key, string Value)[] tags) =>
        values.Count == 0
            ? []
            : new[] { ("0.5", values.P50), ("0.95", values.P95), ("0.99", values.P99), ("0.999", values.P999), ("1", values.Max) }
                .Select(quantile => Sample.Of(name, quantile.Item2 * unit, [.. tags, ("quantile", quantile.Item1)]));

    private static string SnakeCase<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    // Numbers in the page's own notation: that is tested with the page.
    private async Task AssertPageShowsAsync(LiveGateway gateway, SignatureCacheMetrics metrics)
    {
        await using var page = await browser.OpenAsync(gateway.Address);
        await Expect(page.Figure("entries")).ToHaveTextAsync(await FormatAsync("count", metrics.Entries));
        await Expect(page.Figure("entries-note")).ToHaveTextAsync($"of {await FormatAsync("count", metrics.Capacity)}");
        await Expect(page.Figure("bytes")).ToHaveTextAsync(await FormatAsync("bytes", metrics.EstimatedBytes));
        await Expect(page.Figure("bytes-note")).ToHaveTextAsync($"of {await FormatAsync("bytes", metrics.MaxBytes)}");
        await Expect(page.Figure("hit-rate")).ToHaveTextAsync(await FormatAsync("percent", metrics.HitRate));
        await Expect(page.Figure("corruption-rate")).ToHaveTextAsync(await FormatAsync("percent", metrics.CorruptionRate));
        await Expect(page.Figure("corruption-rate-note")).ToContainTextAsync(await FormatAsync("count", metrics.Corruptions));
        await Expect(page.Figure("lookups-note")).ToContainTextAsync(await FormatAsync("count", metrics.Lookups));
        await Expect(page.Figure("latency")).ToHaveTextAsync(await FormatAsync("nanoseconds", metrics.LookupNanoseconds.P50));
        await Expect(page.Figure("latency-note")).ToContainTextAsync(await FormatAsync("nanoseconds", metrics.LookupNanoseconds.P99));
        foreach (var model in metrics.Models)
        {
            await Expect(RowOf("models", model.Model)).ToHaveTextAsync(
            [
                await FormatAsync("short", model.Hits + model.Misses), await FormatAsync("percent", model.HitRate), await FormatAsync("short", model.Corruptions),
            ]);
        }

        foreach (var removal in metrics.Removals.Where(static removal => removal.Count > 0))
        {
            await Expect(RowOf("removals", removal.Reason.ToString())).ToHaveTextAsync(
            [
                await FormatAsync("short", removal.Count), await FormatAsync("seconds", removal.Age.P50),
                await FormatAsync("seconds", removal.Age.P95), await FormatAsync("count", removal.Uses.P50),
            ]);
        }

        await Expect(page.Page.Locator("#misses td")).ToHaveTextAsync(
            await Task.WhenAll(metrics.MissesByReason.Values.Where(static count => count > 0).OrderDescending().Select(count => FormatAsync("count", count))));
        await Expect(page.Figure("removals-note")).ToContainTextAsync(await FormatAsync("count", metrics.EvictedThenMissed));
        await Expect(page.Page.Locator("#corruptions tr")).ToHaveCountAsync(metrics.RecentCorruptions.Count);
        await Expect(page.Page.Locator("#corruptions td:nth-child(2)")).ToHaveTextAsync(metrics.RecentCorruptions.Select(static corruption => corruption.Model));
        Assert.Empty(page.Complaints);

        ILocator RowOf(string table, string name) =>
            page.Page.Locator($"#{table} tr", new() { Has = page.Page.GetByRole(AriaRole.Rowheader, new() { Name = name, Exact = true }) }).Locator("td");

        Task<string> FormatAsync(string notation, double value) =>
            page.Page.EvaluateAsync<string>(
                $"async value => (await import('./format.js')).{notation}(Number(value))", value.ToString(CultureInfo.InvariantCulture));
    }
}
