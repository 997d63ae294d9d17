using System.Text;
using FastSignatureCache.Gateway.Forwarding;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Routing;
using FastSignatureCache.Gateway.Storage;
using FastSignatureCache.Gateway.Telemetry;
using FastSignatureCache.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FastSignatureCache.Gateway.Hosting;

/// <summary>The one place where the gateway is put together: for the command, the demo and the tests.</summary>
internal static class GatewayApplication
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Makes a gateway that has not started.</summary>
    /// <param name="options">The settings. Without a secret, they get that of the data folder. Later changes to them have no effect.</param>
    /// <param name="configuration">Where ASP.NET Core's own settings come from (<c>Logging</c>, <c>Kestrel</c>); null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OptionsValidationException">Settings are out of range; all are named.</exception>
    public static async Task<WebApplication> BuildAsync(
        GatewayOptions options, IConfiguration? configuration = null, CancellationToken cancellationToken = default)
    {
        var faults = GatewayOptionsValidator.FaultsOf(options);
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(nameof(GatewayOptions), typeof(GatewayOptions), faults);
        }

        // The empty builder brings nothing that was not asked for: no second source of addresses, no request log with keys in it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (configuration is not null)
        {
            builder.Configuration.AddConfiguration(configuration);
        }

        GatewayLogging.Add(builder.Logging, builder.Configuration);
        var place = await FindPlaceAsync(options, builder.Configuration, cancellationToken).ConfigureAwait(false);
        options.Restoration.Secret ??= place.Secret;
        AddServer(builder, options.Urls);
        AddServices(builder.Services, options, place);
        var application = builder.Build();
        GatewayEndpoints.Map(application);
        // A catch-all gives way to any other endpoint.
        application.Map("/{**path}", application.Services.GetRequiredService<ForwardingEndpoint>().HandleAsync);
        return application;
    }

    private static async Task<SignaturePlace> FindPlaceAsync(
        GatewayOptions options, IConfiguration configuration, CancellationToken cancellationToken)
    {
        // Before the application is there, and so is its log.
        using var loggers = LoggerFactory.Create(logging => GatewayLogging.Add(logging, configuration));
        return await SignaturePlaces.FindAsync(options, TimeProvider.System, loggers, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds the server as the gateway has it.</summary>
    internal static void AddServer(WebApplicationBuilder builder, string urls)
    {
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls(urls).ConfigureKestrel((context, kestrel) =>
        {
            kestrel.Configure(context.Configuration.GetSection("Kestrel"));
            kestrel.AddServerHeader = false;
            // Bodies and streams of any size and speed: the upstream sets the limits.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
    }

    private static void AddServices(IServiceCollection services, GatewayOptions options, SignaturePlace place)
    {
        services.AddRouting();
        services.AddHttpForwarder();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(place);
        SignatureStores.AddCache(services, options, place);
        services.AddSignatureCacheEndpoints(endpoints => endpoints.AdminKey = options.Dashboard.AdminKey);
        services.AddHealthChecks().AddSignatureCache();
        GatewayTelemetry.Add(services, options.Telemetry);
        services.AddSingleton(provider => new HttpMessageInvoker(new SignatureRestoringHandler(
            provider.GetRequiredService<ISignatureCache>(),
            options.Restoration,
            provider.GetService<ILogger<SignatureRestoringHandler>>())
        {
            InnerHandler = UpstreamHandler.Create(options),
        }));
        services.AddSingleton<UpstreamRouter>();
        services.AddSingleton<ForwardingEndpoint>();
    }
}
