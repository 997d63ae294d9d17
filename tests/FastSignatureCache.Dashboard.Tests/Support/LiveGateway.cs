using System.Globalization;
using FastSignatureCache.Emulator;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Tests.Conversations;
using FastSignatureCache.Gateway.Tests.Support;

namespace FastSignatureCache.Dashboard.Support;

/// <summary>A gateway before the emulator, and clients that hold conversations through it while the test wants them to.</summary>
internal sealed class LiveGateway : IAsyncDisposable
{
    private static readonly string[] Models = ["gemini-3-pro-preview", "gemini-3-flash-preview", "gemini-2.5-pro", "gemini-2.5-flash"];

    private readonly UpstreamEmulator _upstream;
    private RunningGateway _gateway;
    private int _conversations;

    private LiveGateway(UpstreamEmulator upstream, RunningGateway gateway)
    {
        _upstream = upstream;
        _gateway = gateway;
    }

    public Uri Address => _gateway.BaseAddress;

    public ISignatureCache Cache => _gateway.Cache;

    public HttpClient Client => _gateway.Client;

    public static async Task<LiveGateway> StartAsync(Action<GatewayOptions>? configure = null)
    {
        var upstream = await UpstreamEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        return new(upstream, await RunningGateway.StartAsync(upstream.BaseAddress, configure));
    }

    /// <summary>Holds so many conversations, each of several steps with a client that drops every signature.</summary>
    public async Task TalkAsync(int conversations)
    {
        for (var i = 0; i < conversations; i++)
        {
            var number = _conversations++;
            // A model in two thirds of the conversations, the next one in most of the others, as it is.
            var model = Models[(number % 3 < 2 ? 0 : number / 3) % Models.Length];
            var client = new NativeClient(_gateway.Client) { Model = model, Form = AnswerForm.ServerSentEvents };
            client.Say(string.Create(CultureInfo.InvariantCulture, $"Conversation {number}. [steps: 1,2,1]"));
            while (!client.IsOver)
            {
                await client.StepAsync();
            }
        }
    }

    /// <summary>Ends the gateway, as a crash or a new version would.</summary>
    public ValueTask StopAsync() => _gateway.DisposeAsync();

    /// <summary>Starts one again on the same port.</summary>
    public async Task StartAgainAsync()
    {
        var address = _gateway.BaseAddress.AbsoluteUri;
        _gateway = await RunningGateway.StartAsync(_upstream.BaseAddress, options => options.Urls = address);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }
}
