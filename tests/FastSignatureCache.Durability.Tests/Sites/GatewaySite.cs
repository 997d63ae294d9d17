using FastSignatureCache.Gateway.Tests.Support;

namespace FastSignatureCache.Durability.Sites;

/// <summary>Gateways as users run them, of which one crashes.</summary>
/// <param name="upstream">Where they forward to.</param>
/// <param name="gateways">How many.</param>
/// <param name="arguments">What else all of them are told, the place of the signatures for one.</param>
internal sealed class GatewaySite(Uri upstream, int gateways, params string[] arguments) : ISite
{
    private readonly GatewayProcess?[] _processes = new GatewayProcess?[gateways];
    private readonly Uri[] _addresses = new Uri[gateways];

    public IReadOnlyList<Uri> Gateways => _addresses;

    /// <summary>The secret that they are given; null for that of their folder.</summary>
    public string? Secret { get; init; }

    public Task StartAsync() => Task.WhenAll(Enumerable.Range(0, gateways).Select(StartAsync));

    public Task CrashAsync(Random random) => CrashAsync(random.Next(gateways));

    public Task CrashAllAsync() => Task.WhenAll(Enumerable.Range(0, gateways).Select(CrashAsync));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.OfType<GatewayProcess>())
        {
            await process.DisposeAsync();
        }
    }

    private async Task CrashAsync(int victim)
    {
        await _processes[victim]!.KillAsync();
        await _processes[victim]!.DisposeAsync();
        _processes[victim] = null;
    }

    private async Task StartAsync(int number)
    {
        if (_processes[number] is null)
        {
            _processes[number] = GatewayProcess.Start(
                // A placeholder would cover up what is lost.
                ["--urls", "http://127.0.0.1:0", "--upstream", upstream.AbsoluteUri, "--recovery", "off", .. arguments],
                ("Gateway__Store__Data", null),
                ("Gateway__Restoration__Secret", Secret));
            _addresses[number] = await _processes[number]!.WaitUntilListeningAsync();
        }
    }
}
