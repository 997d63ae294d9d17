using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace FastSignatureCache.AspNetCore.Metrics;

/// <summary>What the cache counts: once, or once a second.</summary>
internal static class MetricsEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/metrics", Get).WithSummary("A snapshot of the counters").Produces<SignatureCacheMetrics>();
        api.MapGet("/metrics/stream", Stream)
            .WithSummary("A snapshot of the counters each second")
            .WithDescription("Server-sent events named metrics: the data is what api/metrics answers, the id the time in milliseconds since 1970.")
            .Produces<string>(contentType: "text/event-stream");
    }

    private static JsonHttpResult<SignatureCacheMetrics> Get([FromServices] ISignatureCache cache) =>
        TypedResults.Json(cache.GetMetrics(), EndpointJsonContext.Default.SignatureCacheMetrics);

    private static ServerSentEventsResult<string> Stream([FromServices] MetricsBroadcast broadcast, CancellationToken cancellationToken) =>
        TypedResults.ServerSentEvents(broadcast.SubscribeAsync(cancellationToken));
}
