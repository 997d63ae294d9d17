using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace FastSignatureCache.AspNetCore.Maintenance;

/// <summary>Cleans the cache up and empties it. Both are told to the log.</summary>
internal static partial class MaintenanceEndpoints
{
    private const string Category = "FastSignatureCache.AspNetCore.Maintenance";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/cleanup", CleanUp).WithSummary("Removes what has expired").Produces<CleanupResult>();
        api.MapPost("/clear", Clear).WithSummary("Removes everything, from the store too").Produces(StatusCodes.Status204NoContent);
    }

    private static JsonHttpResult<CleanupResult> CleanUp([FromServices] ISignatureCache cache, [FromServices] ILoggerFactory loggers)
    {
        var removed = cache.RemoveExpired();
        LogCleanup(loggers.CreateLogger(Category), removed);
        return TypedResults.Json(new CleanupResult(removed), EndpointJsonContext.Default.CleanupResult);
    }

    private static NoContent Clear([FromServices] ISignatureCache cache, [FromServices] ILoggerFactory loggers, HttpContext context)
    {
        cache.Clear();
        LogClear(loggers.CreateLogger(Category), context.Connection.RemoteIpAddress);
        return TypedResults.NoContent();
    }

    [LoggerMessage(1, LogLevel.Information, "Somebody had the signature cache cleaned up: {Removed} expired keys were removed.")]
    private static partial void LogCleanup(ILogger logger, int removed);

    [LoggerMessage(2, LogLevel.Warning, "{Address} had the signature cache emptied.")]
    private static partial void LogClear(ILogger logger, System.Net.IPAddress? address);
}
