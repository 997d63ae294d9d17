using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>The real gateway in this process, on a free loopback port.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RunningGateway(WebApplication application, FakeLogCollector log)
    {
        _application = application;
        Log = log;
        BaseAddress = new Uri(application.Urls.First());
        // Nothing that HttpClient does on its own may stand between the test and the bytes.
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = BaseAddress,
        };
    }

    public Uri BaseAddress { get; }

    public HttpClient Client { get; }

    /// <summary>What it writes to its log from its start on.</summary>
    public FakeLogCollector Log { get; }

    public IServiceProvider Services => _application.Services;

    public ISignatureCache Cache => Services.GetRequiredService<ISignatureCache>();

    public static async Task<RunningGateway> StartAsync(
        Uri upstream, Action<GatewayOptions>? configure = null, IConfiguration? configuration = null)
    {
        var options = new GatewayOptions
        {
            Urls = "http://127.0.0.1:0",
            Upstream = upstream.AbsoluteUri,
            Store = { Data = StoreOptions.None },
            // A placeholder would cover up what a test finds not restored.
            Restoration = { RecoversRejections = false },
        };
        configure?.Invoke(options);
        var application = await GatewayApplication.BuildAsync(options, configuration, TestContext.Current.CancellationToken);
        var log = new FakeLogCollector();
        application.Services.GetRequiredService<ILoggerFactory>().AddProvider(new FakeLoggerProvider(log));
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningGateway(application, log);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
