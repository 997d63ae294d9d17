using System.Globalization;
using System.IO.Pipelines;
using FastSignatureCache.Bench.GatewayOverhead.Exchanges;
using FastSignatureCache.Gateway.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FastSignatureCache.Bench.GatewayOverhead.Hosts;

/// <summary>The least that an upstream can do: it reads each body to its end, looks at its length, and answers with fixed bytes.</summary>
/// <remarks>After the first event of a stream it waits until it is told to go on, so that the first byte is timed by itself.</remarks>
internal sealed class AnsweringUpstream : IDisposable
{
    /// <summary>Where the upstream is told to go on with a stream.</summary>
    public const string GoOnPath = "/bench/go-on";

    private static readonly Dictionary<string, Exchange> Exchanges =
        Scenario.All.SelectMany(static scenario => scenario.Before.Append(scenario.Measured)).ToDictionary(static exchange => exchange.Name);

    private readonly SemaphoreSlim _goesOn = new(0);

    public WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        GatewayApplication.AddServer(builder, HostCommand.AnyPort);
        var application = builder.Build();
        application.Run(AnswerAsync);
        return application;
    }

    public void Dispose() => _goesOn.Dispose();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == GoOnPath)
        {
            _goesOn.Release();
            return;
        }

        var headers = context.Request.Headers;
        if (headers.ContainsKey(BenchHeaders.Echo))
        {
            await context.Request.BodyReader.CopyToAsync(context.Response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var exchange = Exchanges[headers[BenchHeaders.Exchange].ToString()];
        var length = await DrainAsync(context.Request.BodyReader).ConfigureAwait(false);
        if (length != int.Parse(headers[BenchHeaders.ExpectedLength].ToString(), CultureInfo.InvariantCulture))
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return;
        }

        await (exchange.IsStream ? StreamAsync(context, exchange) : WriteAsync(context.Response, exchange)).ConfigureAwait(false);
    }

    private static async ValueTask<long> DrainAsync(PipeReader body)
    {
        long length = 0;
        while (true)
        {
            var read = await body.ReadAsync().ConfigureAwait(false);
            length += read.Buffer.Length;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return length;
            }
        }
    }

    private static async Task WriteAsync(HttpResponse response, Exchange exchange)
    {
        response.ContentType = "application/json; charset=UTF-8";
        response.ContentLength = exchange.AnswerLength;
        await response.BodyWriter.WriteAsync(exchange.Answer[0]).ConfigureAwait(false);
    }

    private async Task StreamAsync(HttpContext context, Exchange exchange)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.BodyWriter.WriteAsync(exchange.Answer[0]).ConfigureAwait(false);
        await _goesOn.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        foreach (var piece in exchange.Answer.Skip(1))
        {
            await context.Response.BodyWriter.WriteAsync(piece).ConfigureAwait(false);
        }
    }
}
