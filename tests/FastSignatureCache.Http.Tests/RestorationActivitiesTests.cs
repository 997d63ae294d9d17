using System.Diagnostics;
using FastSignatureCache.Http.Tests.Support;

namespace FastSignatureCache.Http.Tests;

public sealed class RestorationActivitiesTests : IDisposable
{
    private const string Opening = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]}""";
    private const string Lacking = """{"contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[{"functionCall":{"name":"f"}}]}]}""";

    private static readonly string Answer =
        $$$"""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f"},"thoughtSignature":"{{{Signatures.Make(1)}}}"}]},"finishReason":"STOP"}]}""";

    private readonly Activity _test = new(nameof(RestorationActivitiesTests));
    private readonly List<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public RestorationActivitiesTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RestorationActivities.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Stopped,
        };
        ActivitySource.AddActivityListener(_listener);
        _test.Start();

        // Other tests restore too, at the same time.
        void Stopped(Activity activity)
        {
            if (activity.TraceId == _test.TraceId)
            {
                _ended.Add(activity);
            }
        }
    }

    public void Dispose()
    {
        _test.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task Restoring_and_capturing_tell_what_they_did_and_nothing_secret()
    {
        using var rig = new Rig();
        await rig.LearnAsync(Rig.GeminiPath, Opening, StubUpstream.Json(Answer));
        await rig.RepairAsync(Rig.GeminiPath, Lacking);

        // The second answer has no signature.
        Assert.Equal(
            [
                "fast_signature_cache.capture fast_signature_cache.captured=1 fast_signature_cache.protocol=gemini gen_ai.request.model=gemini-3-pro",
                "fast_signature_cache.restore fast_signature_cache.lacking=1 fast_signature_cache.protocol=gemini fast_signature_cache.restored=1 gen_ai.request.model=gemini-3-pro",
            ],
            _ended.Select(Describe).Take(2));
        Assert.DoesNotContain(_ended, static activity => Describe(activity).Contains(Signatures.Make(1), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_lacks_nothing_has_no_activity_of_restoring()
    {
        using var rig = new Rig();
        await rig.RepairAsync(Rig.GeminiPath, Opening);

        Assert.DoesNotContain(_ended, static activity => activity.OperationName == RestorationActivities.Restore);
    }

    private static string Describe(Activity activity) => string.Join(
        ' ', [activity.OperationName, .. activity.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal)]);
}
