using System.Net.ServerSentEvents;
using System.Text.Json;
using FastSignatureCache.AspNetCore.Tests.Support;

namespace FastSignatureCache.AspNetCore.Tests.Metrics;

public class MetricsEndpointsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Every_figure_of_the_snapshot_is_in_the_answer()
    {
        await using var application = await TestHost.StartAsync();
        application.Cache.Metrics = Figures.Full;

        var shown = await application.GetJsonAsync("/api/metrics");

        Assert.Equal(3, shown.GetProperty("hits").GetInt64());
        Assert.Equal(75, shown.GetProperty("hitRate").GetDouble());
        Assert.Equal(25, shown.GetProperty("corruptionRate").GetDouble());
        Assert.Equal(1, shown.GetProperty("missesByReason").GetProperty("Expired").GetInt64());
        Assert.Equal(1, shown.GetProperty("corruptionsByReason").GetProperty("Reported").GetInt64());
        Assert.Equal(75, shown.GetProperty("models")[0].GetProperty("hitRate").GetDouble());
        Assert.Equal("Capacity", shown.GetProperty("removals")[0].GetProperty("reason").GetString());
        Assert.Equal(12.5, shown.GetProperty("removals")[0].GetProperty("age").GetProperty("p50").GetDouble());
        Assert.Equal("MalformedPut", shown.GetProperty("recentCorruptions")[0].GetProperty("reason").GetString());
        Assert.Equal(80, shown.GetProperty("lookupNanoseconds").GetProperty("p50").GetDouble());
        var named = typeof(SignatureCacheMetrics).GetProperties().Where(property => property.GetMethod!.IsPublic && !property.GetMethod.IsStatic);
        Assert.All(named, property => Assert.True(shown.TryGetProperty(JsonNamingPolicy.CamelCase.ConvertName(property.Name), out _), property.Name));
    }

    [Fact]
    public async Task The_stream_has_a_snapshot_at_once_and_one_each_second()
    {
        await using var application = await TestHost.StartAsync();
        await using var viewer = await Viewer.OpenAsync(application);

        var first = await viewer.NextAsync();
        application.Cache.Lookup(new SignatureKey("conversation", "model"));
        application.Clock.Advance(Second);
        var second = await viewer.NextAsync();

        Assert.Equal("metrics", first.EventType);
        Assert.Equal(0, JsonElement.Parse(first.Data).GetProperty("misses").GetInt64());
        Assert.Equal(1, JsonElement.Parse(second.Data).GetProperty("misses").GetInt64());
        Assert.Equal(1_000, long.Parse(second.EventId!, null) - long.Parse(first.EventId!, null));
        var metrics = await application.GetJsonAsync("/api/metrics");
        Assert.Equal(metrics.GetRawText(), second.Data);
    }

    [Fact]
    public async Task The_stream_ends_when_the_host_stops()
    {
        await using var application = await TestHost.StartAsync();
        await using var viewer = await Viewer.OpenAsync(application);
        await viewer.NextAsync();

        application.Lifetime.StopApplication();

        Assert.False(await viewer.HasNextAsync());
    }

    [Fact]
    public async Task A_viewer_gets_less_than_50_KB_a_second_of_the_fullest_snapshot()
    {
        await using var application = await TestHost.StartAsync();
        application.Cache.Metrics = Figures.Fullest;
        await using var viewer = await Viewer.OpenAsync(application);
        var snapshot = await viewer.NextAsync();
        TestContext.Current.SendDiagnosticMessage($"Measured: the fullest snapshot has {snapshot.Data.Length:N0} bytes");
        Assert.InRange(snapshot.Data.Length, 1_000, 50_000);
    }

    private sealed class Viewer : IAsyncDisposable
    {
        private readonly CancellationTokenSource _going = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        private readonly HttpResponseMessage _response;
        private readonly IAsyncEnumerator<SseItem<string>> _items;

        private Viewer(HttpResponseMessage response, Stream stream)
        {
            _response = response;
            _items = SseParser.Create(stream).EnumerateAsync(_going.Token).GetAsyncEnumerator();
        }

        public static async Task<Viewer> OpenAsync(TestHost application)
        {
            var response = await application.GetAsync("/api/metrics/stream");
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
            return new(response, await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        }

        public async Task<bool> HasNextAsync() => await _items.MoveNextAsync();

        public async Task<SseItem<string>> NextAsync()
        {
            Assert.True(await _items.MoveNextAsync());
            return _items.Current;
        }

        public async ValueTask DisposeAsync()
        {
            _response.Dispose();
            await _items.DisposeAsync();
            _going.Dispose();
        }
    }
}
