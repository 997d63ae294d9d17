using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FastSignatureCache.Emulator.Hosting;

/// <summary>Keeps requests for tests that compare them byte for byte.</summary>
internal sealed class RequestRecorder(bool enabled)
{
    private readonly Lock _lock = new();
    private readonly List<RecordedRequest> _requests = [];

    public void Record(HttpContext context, byte[] body)
    {
        if (!enabled)
            return;
        // The raw target: ASP.NET's own path has its escapes decoded already.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        lock (_lock)
            _requests.Add(new RecordedRequest(context.Request.Method, target, headers, body));
    }

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (_lock)
            return [.. _requests];
    }
}
