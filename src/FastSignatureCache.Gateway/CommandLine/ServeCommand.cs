using System.Net.Sockets;
using FastSignatureCache.Gateway.Hosting;
using FastSignatureCache.Gateway.Options;
using FastSignatureCache.Gateway.Storage;

namespace FastSignatureCache.Gateway.CommandLine;

/// <summary>Runs the gateway until it is told to stop.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(
        GatewayOptions options, IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var application = await GatewayApplication.BuildAsync(options, configuration, cancellationToken).ConfigureAwait(false);
        await using (application.ConfigureAwait(false))
        {
            try
            {
                await application.StartAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is IOException or SocketException or InvalidOperationException)
            {
                // A port that is taken, an address that is not this machine's, a certificate that is missing.
                await error.WriteLineAsync($"Cannot listen on {options.Urls}: {failure.Message.Split('\n')[0].TrimEnd()}").ConfigureAwait(false);
                return ExitCode.Failure;
            }

            foreach (var line in StartupLines.For(options, application.Urls, application.Services.GetRequiredService<SignaturePlace>()))
            {
                await output.WriteLineAsync(line).ConfigureAwait(false);
            }

            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await application.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        }

        return ExitCode.Success;
    }
}
