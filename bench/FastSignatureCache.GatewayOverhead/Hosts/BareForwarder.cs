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
    public static WebApplication Build(string upstream)
    {
        var options = new GatewayOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        GatewayLogging.Add(builder.Logging, builder.Configuration);
        GatewayApplication.AddServer(builder, HostCommand.AnyPort);
        builder.Services.AddRouting();
        builder.Services.AddHttpForwarder();
        var application = builder.Build();
        var forwarder = application.Services.GetRequiredService<IHttpForwarder>();
        var client = new HttpMessageInvoker(UpstreamHandler.Create(options));
        var config = new ForwarderRequestConfig { ActivityTimeout = options.ActivityTimeout };
        application.Map("/{**path}", ForwardAsync);
        return application;

        async Task ForwardAsync(HttpContext context) =>
            await forwarder.SendAsync(context, upstream, client, config, HttpTransformer.Default).ConfigureAwait(false);
    }
}
