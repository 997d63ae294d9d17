using System.Net;
using FastSignatureCache.Emulator.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FastSignatureCache.Emulator;

/// <summary>
/// An upstream on this machine that speaks the providers' protocols, issues thought signatures and enforces the providers'
/// rules about them, with no key and no network. Safe for any number of threads.
/// </summary>
/// <remarks>
/// <para>
/// The model behind it follows the conversation itself, so any client can drive it. With tools declared it calls one tool in
/// each of three steps and then answers with text. <c>[steps: 1,2,1]</c> in the newest user text asks for other steps (here
/// one call, two parallel calls, one call), <c>[say: some words]</c> for a text before the calls. With no tools declared it
/// answers with text at once.
/// </para>
/// <para>
/// Anthropic's protocol has reasoning in blocks of its own if the request has thinking on. <c>[thinking: tt,er,0]</c> asks for
/// two blocks in the first step, one with an empty text and a redacted one in the second, and none from the third on;
/// <see cref="EmulatorOptions.Thinking"/> says what is usual. Claude up to 4.5 wants every block of the current turn's tool loop
/// back, later ones verify what comes, and since 5.1 (Mythos excepted) a block is bound to system, tools and all that was said
/// before it. As the provider does, it takes a conversation back without its oldest blocks or with none, but with no gap.
/// </para>
/// </remarks>
public sealed class UpstreamEmulator : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly EmulatedUpstream _upstream;

    private UpstreamEmulator(WebApplication application, EmulatedUpstream upstream, Uri baseAddress)
    {
        _application = application;
        _upstream = upstream;
        BaseAddress = baseAddress;
    }

    /// <summary>Where it listens, <c>http://127.0.0.1:port/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>
    /// The fault that every request meets from now on; <see langword="null"/>, the default, for none. A request's own
    /// <see cref="EmulatorHeaders.Fault"/> header goes before it.
    /// </summary>
    public EmulatorFault? Fault
    {
        get => _upstream.Disturbances.Fault;
        set => _upstream.Disturbances.Fault = value;
    }

    /// <summary>
    /// What an intermediary makes of refusals from now on, at first what <see cref="EmulatorOptions.ErrorWrapping"/> says. A
    /// request's own <see cref="EmulatorHeaders.ErrorWrapping"/> header goes before it.
    /// </summary>
    public ErrorWrapping ErrorWrapping
    {
        get => _upstream.Disturbances.ErrorWrapping;
        set => _upstream.Disturbances.ErrorWrapping = value;
    }

    /// <summary>Starts an emulator on a loopback port.</summary>
    /// <param name="options">How it behaves; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static async Task<UpstreamEmulator> StartAsync(
        EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        options.Validate();
        // The empty builder reads no configuration and writes no log: nothing of the host's environment reaches a test.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddResponseCompression(compression =>
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/event-stream"]);

        var application = builder.Build();
        if (options.Compress)
            application.UseResponseCompression();
        var upstream = new EmulatedUpstream(options, application.Lifetime.ApplicationStopping);
        application.Run(upstream.HandleAsync);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return new UpstreamEmulator(application, upstream, new Uri(addresses!.Addresses.First()));
    }

    /// <summary>
    /// Refuses from now on every signature that was issued until now, as a provider does that has changed its keys.
    /// </summary>
    /// <param name="key">The new key, of any length; empty for a random one.</param>
    public void ReplaceSigningKey(ReadOnlyMemory<byte> key) => _upstream.ReplaceSigningKey(key);

    /// <summary>What has been counted so far. Exact when no request is under way.</summary>
    public EmulatorStatistics GetStatistics() => _upstream.Counters.Snapshot();

    /// <summary>
    /// The requests so far, in the order of their arrival; empty unless <see cref="EmulatorOptions.RecordRequests"/> is set.
    /// </summary>
    public IReadOnlyList<RecordedRequest> GetRecordedRequests() => _upstream.Recorder.Snapshot();

    /// <summary>Stops listening; answers under way are given one second to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}
