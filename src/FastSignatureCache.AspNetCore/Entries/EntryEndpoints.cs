using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace FastSignatureCache.AspNetCore.Entries;

/// <summary>Lists entries and removes one.</summary>
internal static class EntryEndpoints
{
    private const int MaxLimit = 1_000;
    private const int DefaultLimit = 100;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/entries", List)
            .WithSummary("A page of the entries in memory")
            .WithDescription("limit is from 1 to 1000, by default 100. Everything about an entry but its signature: a fingerprint stands for it.")
            .Produces<EntryPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapDelete("/entries/{id}", Remove)
            .WithSummary("Removes what is kept under one key")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    // The limit is text: what is no number then gets the same answer as what is out of range.
    private static Results<JsonHttpResult<EntryPage>, ProblemHttpResult> List(
        [FromServices] ISignatureCache cache, string? conversation, string? model, string? cursor, string? limit)
    {
        var size = DefaultLimit;
        if (!string.IsNullOrEmpty(limit)
            && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxLimit))
        {
            return Problems.BadRequest($"limit must be a whole number from 1 to {MaxLimit}.");
        }

        var query = new SignatureEntryQuery
        {
            ConversationId = NullIfEmpty(conversation),
            ModelId = NullIfEmpty(model),
            Cursor = NullIfEmpty(cursor),
            Limit = size,
        };
        try
        {
            var page = cache.List(query);
            return TypedResults.Json(
                new EntryPage([.. page.Entries.Select(EntryModel.Of)], page.NextCursor), EndpointJsonContext.Default.EntryPage);
        }
        catch (ArgumentException)
        {
            return Problems.BadRequest("cursor must be the nextCursor of an earlier page.");
        }
    }

    private static Results<NoContent, ProblemHttpResult> Remove([FromServices] ISignatureCache cache, string id) =>
        EntryId.TryParse(id, out var key) && cache.Remove(key.Value)
            ? TypedResults.NoContent()
            : Problems.NotFound("There is no such entry, or not any more.");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
