using FastSignatureCache.Gateway.Forwarding;
using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace FastSignatureCache.Bench.GatewayOverhead.Hosts;

/// <summary>What the gateway is compared with: the same server, log, routing, forwarder and handler, and nothing of its own between them.</summary>
internal static class BareForwarder
{
    /// <param name="upstream">Where it forwards to.</param>
    /// <param name="between">What a request passes on its way there; null for nothing.</param>
    public static WebApplication Build(string upstream, DelegatingHandler? between = null)
    {
        var options = new GatewayOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        GatewayLogging.Add(builder.Logging, builder.Configuration);
        GatewayApplication.AddServer(builder, HostCommand.AnyPort);
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        var application = builder.Build();
        var forwarder = application.Services.GetRequiredService<IHttpForwarder>();
        HttpMessageHandler handler = UpstreamHandler.Create(options);
        if (between is not null)
        {
            between.InnerHandler = handler;
            handler = between;
        }

        var client = new HttpMessageInvoker(handler);
        var config = new ForwarderRequestConfig { ActivityTimeout = options.ActivityTimeout };
        application.Map("/{**path}", ForwardAsync);
        return application;

        async Task ForwardAsync(HttpContext context) =>
            await forwarder.SendAsync(context, upstream, client, config, HttpTransformer.Default).ConfigureAwait(false);
    }
}
