using FastSignatureCache.Bench.GatewayOverhead.Hosts;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>One of the two that are compared, and a client of it.</summary>
/// <param name="name">What it is called in a report.</param>
/// <param name="host">Its process.</param>
/// <param name="repairs">Whether signatures that a request lacks are there when it arrives at the upstream.</param>
internal sealed class Proxy(string name, HostProcess host, bool repairs) : IAsyncDisposable
{
    private static readonly string[] StoreNothing = [];

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    private long _conversation;

    public string Name => name;

    public Uri Address => host.Address;

    public bool Repairs => repairs;

    public HttpMessageInvoker Client => _client;

    public static async Task<Proxy> StartBareAsync(Uri upstream) =>
        new("bare forwarder", await HostProcess.StartAsync(HostRole.Bare, "--upstream", upstream.AbsoluteUri).ConfigureAwait(false), repairs: false);

    /// <summary>A forwarder that reads bodies and does nothing with them.</summary>
    public static async Task<Proxy> StartReadingAsync(Uri upstream) =>
        new("reading forwarder", await HostProcess.StartAsync(HostRole.Reading, "--upstream", upstream.AbsoluteUri).ConfigureAwait(false), repairs: false);

    /// <param name="upstream">Where it forwards to.</param>
    /// <param name="data">The folder of its store; null for a gateway that keeps signatures in memory only.</param>
    public static async Task<Proxy> StartGatewayAsync(Uri upstream, string? data = null)
    {
        string[] arguments = ["--upstream", upstream.AbsoluteUri, .. data is null ? StoreNothing : ["--data", data]];
        return new("gateway", await HostProcess.StartAsync(HostRole.Gateway, arguments).ConfigureAwait(false), repairs: true);
    }

    /// <summary>A number that no conversation has had yet.</summary>
    public long NextConversation() => Interlocked.Increment(ref _conversation);

    public async Task<Usage> ReadUsageAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, HostCommand.UsagePath));
        using var response = await _client.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        return Usage.Parse(await response.Content.ReadAsStringAsync().ConfigureAwait(false));
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return host.DisposeAsync();
    }
}
