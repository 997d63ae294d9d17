using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace FastSignatureCache.Gateway.Forwarding;

/// <summary>Sends a request on to its upstream and the answer back, through the handler that keeps and restores signatures.</summary>
internal sealed partial class ForwardingEndpoint(
    UpstreamRouter router,
    IHttpForwarder forwarder,
    HttpMessageInvoker client,
    GatewayOptions options,
    ILogger<ForwardingEndpoint> logger)
{
    private readonly ForwarderRequestConfig _config = new() { ActivityTimeout = options.ActivityTimeout };

    public async Task HandleAsync(HttpContext context)
    {
        var target = RequestTarget.Of(context);
        var provider = ProviderTable.Find(target, context.Request.Headers);
        var shape = ErrorShapes.Of(provider, target);
        if (router.Find(provider, target.Path) is not { } upstream)
        {
            await WriteAsync(context, shape, GatewayError.UnknownPath(context.Request.Method, target.Path)).ConfigureAwait(false);
            return;
        }

        using var transformer = new UpstreamTransformer(target.At(upstream));
        var error = await forwarder.SendAsync(context, upstream.AbsoluteUri, client, _config, transformer).ConfigureAwait(false);
        if (error != ForwarderError.None)
        {
            await HandleErrorAsync(context, error, upstream, target.Path, shape).ConfigureAwait(false);
        }
    }

    private async Task HandleErrorAsync(HttpContext context, ForwarderError error, Uri upstream, string path, ErrorShape shape)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            LogClientGone(context.Request.Method, path);
            return;
        }

        var reason = context.GetForwarderErrorFeature()?.Exception is { } failure ? ReasonOf(failure.GetBaseException()) : error.ToString();
        LogFailure(context.Request.Method, path, upstream.Authority, error, reason);
        if (context.Response.HasStarted)
        {
            // Part of the answer is out; YARP has cut the connection, which is how the client learns of it.
            return;
        }

        switch (context.Response.StatusCode)
        {
            case StatusCodes.Status502BadGateway:
                await WriteAsync(context, shape, GatewayError.Unreachable(upstream, reason)).ConfigureAwait(false);
                break;
            case StatusCodes.Status504GatewayTimeout:
                await WriteAsync(context, shape, GatewayError.TimedOut(upstream)).ConfigureAwait(false);
                break;
        }
    }

    // About an answer that is no HTTP, messages quote a part of it, which may be a signature.
    private static string ReasonOf(Exception failure) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
            or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse }
            or FormatException => "The answer is not valid HTTP.",
        HttpRequestException or IOException or SocketException or AuthenticationException or OperationCanceledException => failure.Message,
        _ => failure.GetType().Name,
    };

    private static Task WriteAsync(HttpContext context, ErrorShape shape, GatewayError error)
    {
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        var body = Encoding.UTF8.GetBytes(error.ToJson(shape).ToJsonString());
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
