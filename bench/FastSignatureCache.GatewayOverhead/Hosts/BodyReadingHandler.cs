using System.Text.Json;

namespace FastSignatureCache.Bench.GatewayOverhead.Hosts;

/// <summary>
/// What nobody can do without who looks for missing signatures in a body, and no more: to take it in whole, because what is inserted changes
/// its length, and to pass the JSON reader over its tokens once, without looking at them.
/// </summary>
internal sealed class BodyReadingHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { } original)
        {
            var body = await original.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            ReadTokens(body);
            request.Content = new ByteArrayContent(body);
            foreach (var (name, values) in original.Headers.NonValidated)
            {
                request.Content.Headers.TryAddWithoutValidation(name, values);
            }
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static void ReadTokens(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
        }
    }
}
