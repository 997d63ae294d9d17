using System.Net;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>An emulator, and on the way to it whatever the passage says.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Model = "gemini-3-pro-preview";

    private readonly Passage _passage;
    private readonly WebApplication? _gateway;
    private readonly List<HttpClient> _clients = [];

    private readonly bool _recovers;

    private Bench(Passage passage, UpstreamEmulator emulator, WebApplication? gateway, bool recovers)
    {
        _passage = passage;
        _recovers = recovers;
        _gateway = gateway;
        Emulator = emulator;
        BaseAddress = gateway is null ? emulator.BaseAddress : new Uri(gateway.Urls.Single());
        Cache = gateway?.Services.GetRequiredService<ISignatureCache>() ?? new SignatureCache(new GatewayOptions().Cache);
    }

    public UpstreamEmulator Emulator { get; }

    /// <summary>Where the passage keeps its signatures.</summary>
    public ISignatureCache Cache { get; }

    /// <summary>What a client has to be pointed at.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The endpoint that OpenAI's clients take.</summary>
    public Uri ChatEndpoint => new(BaseAddress, "v1beta/openai/");

    /// <param name="passage">What stands between client and emulator.</param>
    /// <param name="options">The emulator's; null for the defaults.</param>
    /// <param name="recovers">
    /// Whether refused requests are repaired. Not where a test is about what is restored in the first place: a placeholder would cover up what is not.
    /// </param>
    public static async Task<Bench> StartAsync(Passage passage, EmulatorOptions? options = null, bool recovers = true)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        UpstreamEmulator emulator = await UpstreamEmulator.StartAsync(options, cancellationToken);
        if (passage != Passage.Gateway)
        {
            return new Bench(passage, emulator, null, recovers);
        }

        WebApplication gateway = await GatewayApplication.BuildAsync(new GatewayOptions
        {
            Urls = "http://127.0.0.1:0",
            Upstream = emulator.BaseAddress.ToString(),
            Store = { Data = StoreOptions.None },
            Restoration = { RecoversRejections = recovers },
        });
        await gateway.StartAsync(cancellationToken);
        return new Bench(passage, emulator, gateway, recovers);
    }

    /// <summary>A client of its own: others share nothing with it but what the passage keeps.</summary>
    /// <param name="watcher">Stands between the client and all else, if there is one.</param>
    public HttpClient CreateClient(DelegatingHandler? watcher = null)
    {
        var network = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            // A client that leaves an answer leaves it at once, and doesn't wait for the rest.
            ResponseDrainTimeout = TimeSpan.Zero,
        };
        HttpMessageHandler handler = _passage == Passage.InProcess
            ? new SignatureRestoringHandler(Cache, new SignatureRestorationOptions { RecoversRejections = _recovers }) { InnerHandler = network }
            : network;
        watcher?.InnerHandler = handler;
        var client = new HttpClient(watcher ?? handler) { BaseAddress = BaseAddress };
        _clients.Add(client);
        return client;
    }

    /// <summary>Waits for every request to end that the gateway still has under way, and takes no more.</summary>
    public Task EndRequestsAsync() => _gateway?.StopAsync(TestContext.Current.CancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        (Cache as IDisposable)?.Dispose();
        await Emulator.DisposeAsync();
    }
}
