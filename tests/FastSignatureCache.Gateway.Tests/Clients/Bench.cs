using FastSignatureCache.Emulator;
using FastSignatureCache.Http;

namespace FastSignatureCache.Gateway.Tests.Clients;

/// <summary>An emulator, and on the way to it whatever the passage says.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string Model = "gemini-3-pro-preview";

    private readonly Passage _passage;
    private readonly List<HttpClient> _clients = [];

    private Bench(Passage passage, UpstreamEmulator emulator) => (_passage, Emulator) = (passage, emulator);

    public UpstreamEmulator Emulator { get; }

    /// <summary>Where the passage keeps its signatures.</summary>
    public SignatureCache Cache { get; } = new();

    /// <summary>What a client has to be pointed at.</summary>
    public Uri BaseAddress => Emulator.BaseAddress;

    /// <summary>The endpoint that OpenAI's clients take.</summary>
    public Uri ChatEndpoint => new(BaseAddress, "v1beta/openai/");

    public static async Task<Bench> StartAsync(Passage passage, EmulatorOptions? options = null)
    {
        UpstreamEmulator emulator = await UpstreamEmulator.StartAsync(options, TestContext.Current.CancellationToken);
        return new Bench(passage, emulator);
    }

    /// <summary>A client of its own: others share nothing with it but what the passage keeps.</summary>
    public HttpClient CreateClient()
    {
        var network = new SocketsHttpHandler();
        HttpMessageHandler handler = _passage == Passage.InProcess
            ? new SignatureRestoringHandler(Cache) { InnerHandler = network }
            : network;
        var client = new HttpClient(handler) { BaseAddress = BaseAddress };
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        Cache.Dispose();
        await Emulator.DisposeAsync();
    }
}
