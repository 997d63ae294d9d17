using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FastSignatureCache.Gateway.Tests.Support;

/// <summary>The real gateway in this process, on a free loopback port.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RunningGateway(WebApplication application)
    {
        _application = application;
        BaseAddress = new Uri(application.Urls.First());
        // Nothing that HttpClient does on its own may stand between the test and the bytes.
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null })
        {
            BaseAddress = BaseAddress,
        };
    }

    public Uri BaseAddress { get; }

    public HttpClient Client { get; }

    public ISignatureCache Cache => _application.Services.GetRequiredService<ISignatureCache>();

    public static async Task<RunningGateway> StartAsync(Uri upstream, Action<GatewayOptions>? configure = null)
    {
        var options = new GatewayOptions
        {
            Urls = "http://127.0.0.1:0",
            Upstream = upstream.AbsoluteUri,
            Store = { Data = StoreOptions.None },
        };
        configure?.Invoke(options);
        var application = await GatewayApplication.BuildAsync(options, cancellationToken: TestContext.Current.CancellationToken);
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningGateway(application);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
