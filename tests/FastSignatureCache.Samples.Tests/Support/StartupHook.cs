using System.Diagnostics;
using FastSignatureCache;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>
/// Takes the product's effect away from a sample and changes nothing else: the runtime calls this before the sample's first line when
/// <c>DOTNET_STARTUP_HOOKS</c> says so, and the cache of the host that the sample builds then refuses every signature.
/// </summary>
internal static class StartupHook
{
    /// <summary>The name that the runtime looks for.</summary>
    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new HostWatch());

    private sealed class HostWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
            {
                builder.ConfigureServices(services => services.Configure<SignatureCacheOptions>(options => options.MaxSignatureLength = 1));
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
