using System.CommandLine;
using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FastSignatureCache.Bench.GatewayOverhead.Hosts;

/// <summary><c>host</c>: one of the servers, in a process of its own, until standard input ends.</summary>
internal static class HostCommand
{
    public const string Name = "host";
    public const string UsagePath = "/bench/usage";
    public const string AnyPort = "http://127.0.0.1:0";

    public static Command Create()
    {
        var role = new Argument<HostRole>("role");
        var upstream = new Option<string>("--upstream");
        var data = new Option<string>("--data") { DefaultValueFactory = static _ => StoreOptions.None };
        var command = new Command(Name, "Runs one of the servers that are measured. The program starts them itself.") { role, upstream, data };
        command.Hidden = true;
        command.SetAction((arguments, cancellation) => arguments.GetValue(role) switch
        {
            HostRole.Upstream => RunUpstreamAsync(cancellation),
            HostRole.Bare => RunAsync(BareForwarder.Build(arguments.GetValue(upstream)!), cancellation),
            HostRole.Reading => RunAsync(BareForwarder.Build(arguments.GetValue(upstream)!, new BodyReadingHandler()), cancellation),
            _ => RunGatewayAsync(arguments.GetValue(upstream)!, arguments.GetValue(data)!, cancellation),
        });
        return command;
    }

    private static async Task RunUpstreamAsync(CancellationToken cancellation)
    {
        using var upstream = new AnsweringUpstream();
        await RunAsync(upstream.Build(), cancellation).ConfigureAwait(false);
    }

    private static async Task RunGatewayAsync(string upstream, string data, CancellationToken cancellation)
    {
        var options = new GatewayOptions { Urls = AnyPort, Upstream = upstream, Store = { Data = data } };
        await RunAsync(await GatewayApplication.BuildAsync(options, cancellationToken: cancellation).ConfigureAwait(false), cancellation)
            .ConfigureAwait(false);
    }

    private static async Task RunAsync(WebApplication application, CancellationToken cancellation)
    {
        await using (application.ConfigureAwait(false))
        {
            if (application.Services.GetService(typeof(EndpointDataSource)) is not null)
            {
                application.MapGet(UsagePath, static (HttpContext context) => context.Response.WriteAsync(Usage.OfThisProcess().ToString()));
            }

            await application.StartAsync(cancellation).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(application.Urls.Single()).ConfigureAwait(false);
            // However the program that started this one ends, this ends with it.
            await Console.In.ReadToEndAsync(cancellation).ConfigureAwait(false);
            await application.StopAsync(cancellation).ConfigureAwait(false);
        }
    }
}
