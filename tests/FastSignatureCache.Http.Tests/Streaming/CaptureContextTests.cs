using System.Text;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests.Streaming;

/// <summary>The commit comes before the last byte on whatever thread and in whatever context the client reads.</summary>
public sealed class CaptureContextTests
{
    private const string Request = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""";

    private static readonly string Answer =
        $$$"""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"},"thoughtSignature":"{{{Signatures.Make(1)}}}"}]},"finishReason":"STOP"}]}""";

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task A_synchronization_context_makes_no_difference(string mediaType)
    {
        string answer = mediaType == "application/json" ? Answer : $"data: {Answer}\n\n";
        var context = new SynchronizationContext[1];
        for (int round = 0; round < 50; round++)
        {
            context[0] = new QueuedContext();
            Assert.NotEqual(0, await await Task.Factory.StartNew(
                () =>
                {
                    SynchronizationContext.SetSynchronizationContext(context[0]);
                    return ReadAllButTheEndAsync(answer, mediaType);
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.None,
                TaskScheduler.Default));
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task A_task_scheduler_makes_no_difference(string mediaType)
    {
        string answer = mediaType == "application/json" ? Answer : $"data: {Answer}\n\n";
        TaskScheduler scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        for (int round = 0; round < 50; round++)
        {
            Assert.NotEqual(0, await await Task.Factory.StartNew(
                () => ReadAllButTheEndAsync(answer, mediaType), TestContext.Current.CancellationToken, TaskCreationOptions.None, scheduler));
        }
    }

    private static async Task<int> ReadAllButTheEndAsync(string answer, string mediaType)
    {
        using var rig = new Rig();
        rig.Upstream.Answer = () => StubUpstream.Stream(new MemoryStream(Encoding.UTF8.GetBytes(answer)), mediaType);
        using HttpResponseMessage response = await rig.SendAsync(Rig.GeminiStreamPath, Request);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        await stream.ReadExactlyAsync(new byte[Encoding.UTF8.GetByteCount(answer)]);
        return rig.Cache.Count;
    }

    /// <summary>A context that runs what is posted on the pool, as itself.</summary>
    private sealed class QueuedContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ =>
        {
            SetSynchronizationContext(this);
            d(state);
            SetSynchronizationContext(null);
        });
    }
}
