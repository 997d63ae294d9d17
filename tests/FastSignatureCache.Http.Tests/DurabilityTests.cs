using System.Text;
using FastSignatureCache.Http.Tests.Support;
using FastSignatureCache.Stores;

namespace FastSignatureCache.Http.Tests;

/// <summary>What the handler asks of a cache that keeps signatures elsewhere too.</summary>
public sealed class DurabilityTests
{
    private const string Opening = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""";
    private const string Lacking = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"functionCall":{"name":"f"}}]}]}""";

    private static readonly string Answer =
        $$$"""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"},"thoughtSignature":"{{{Signatures.Make(1)}}}"}]},"finishReason":"STOP"}]}""";

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task The_last_bytes_wait_for_the_commit(string mediaType)
    {
        byte[] body = Encoding.UTF8.GetBytes(mediaType == "application/json" ? Answer : $"data: {Answer}\n\n");
        var asked = new TaskCompletionSource();
        var committed = new TaskCompletionSource();
        var cache = new RecordingCache();
        cache.OnCommit = () =>
        {
            Assert.NotEmpty(cache.Puts);
            asked.SetResult();
            return new(committed.Task);
        };
        using var rig = new Rig(cache: cache);
        rig.Upstream.Answer = () => StubUpstream.Stream(new PiecewiseStream(body, [10, body.Length - 10]), mediaType);
        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiStreamPath, Opening);
        await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] received = new byte[body.Length];
        await stream.ReadExactlyAsync(received.AsMemory(0, 10), TestContext.Current.CancellationToken);

        Task rest = stream.ReadExactlyAsync(received.AsMemory(10), TestContext.Current.CancellationToken).AsTask();
        await asked.Task;
        Assert.False(rest.IsCompleted);
        committed.SetResult();
        await rest;

        Assert.Equal(body, received);
    }

    [Fact]
    public async Task A_client_that_goes_away_does_not_wait_for_the_commit()
    {
        var cache = new RecordingCache { OnCommit = () => new(new TaskCompletionSource().Task) };
        using var rig = new Rig(cache: cache);
        byte[] body = Encoding.UTF8.GetBytes(Answer);
        rig.Upstream.Answer = () => StubUpstream.Stream(new PiecewiseStream(body, [10, body.Length - 10]), "application/json");
        HttpResponseMessage response = await rig.SendAsync(Rig.GeminiPath, Opening);
        Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[10], TestContext.Current.CancellationToken);
        Task<int> rest = stream.ReadAsync(new byte[body.Length], TestContext.Current.CancellationToken).AsTask();

        response.Dispose();

        Assert.False(rest.IsCompleted);
    }

    [Fact]
    public async Task A_commit_that_fails_costs_the_client_nothing()
    {
        using var rig = new Rig(cache: new RecordingCache { OnCommit = () => throw new InvalidOperationException("no disk") });

        Assert.Equal(Answer, await rig.LearnAsync(Rig.GeminiPath, Opening, StubUpstream.Json(Answer)));
    }

    [Fact]
    public async Task The_conversation_is_in_memory_before_signatures_are_looked_for()
    {
        var memory = new SignatureCache();
        using var rig = new Rig(cache: memory);
        await rig.LearnAsync(Rig.GeminiPath, Opening, StubUpstream.Json(Answer));
        var loaded = new TaskCompletionSource();
        var cache = new RecordingCache { OnPrefetch = _ => new(loaded.Task) };
        using var later = new Rig(cache: cache);

        Task<string> repairing = later.RepairAsync(Rig.GeminiPath, Lacking);
        Assert.Empty(later.Upstream.Bodies);
        cache.Inner = memory;
        loaded.SetResult();

        Assert.Contains(Signatures.Make(1), await repairing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_fetched_for_a_request_that_lacks_nothing()
    {
        using var rig = new Rig(cache: new RecordingCache { OnPrefetch = _ => throw new InvalidOperationException("not needed") });

        Assert.Equal(Opening, await rig.RepairAsync(Rig.GeminiPath, Opening));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_broken_store_changes_nothing_for_the_client(bool hangs)
    {
        await using var cache = new TieredSignatureCache(new BrokenStore(hangs), new()
        {
            ReadTimeout = TimeSpan.FromMilliseconds(1),
            WriteTimeout = TimeSpan.FromMilliseconds(1),
        });
        using var rig = new Rig(cache: cache);
        using var memory = new Rig();

        Assert.Equal(Answer, await rig.LearnAsync(Rig.GeminiPath, Opening, StubUpstream.Json(Answer)));
        await memory.LearnAsync(Rig.GeminiPath, Opening, StubUpstream.Json(Answer));

        Assert.Equal(await memory.RepairAsync(Rig.GeminiPath, Lacking), await rig.RepairAsync(Rig.GeminiPath, Lacking));
        Assert.True(cache.GetMetrics().IsStoreDegraded);
    }
}
