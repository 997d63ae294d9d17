using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace FastSignatureCache.AspNetCore;

/// <summary>The OpenAPI document: of these endpoints alone, whatever else the host has.</summary>
internal static class EndpointDocument
{
    /// <summary>The document's name, and the group that keeps its endpoints out of the host's own documents.</summary>
    public const string Name = "signature-cache";

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.GroupName == Name;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "FastSignatureCache",
                Description = "What the signature cache keeps and counts. No signature is ever shown: a fingerprint stands for it.",
                Version = "v1",
            };
            return Task.CompletedTask;
        });
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/openapi.json", WriteAsync).ExcludeFromDescription();

    private static async Task<ContentHttpResult> WriteAsync(
        [FromKeyedServices(Name)] IOpenApiDocumentProvider provider, CancellationToken cancellationToken)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken).ConfigureAwait(false);
        var json = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken).ConfigureAwait(false);
        return TypedResults.Text(json, "application/json");
    }
}
