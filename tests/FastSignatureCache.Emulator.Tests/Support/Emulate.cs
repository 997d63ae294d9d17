namespace FastSignatureCache.Emulator.Tests.Support;

/// <summary>Starts emulators with the running test's cancellation.</summary>
internal static class Emulate
{
    public static Task<UpstreamEmulator> StartAsync(EmulatorOptions? options = null) =>
        UpstreamEmulator.StartAsync(options, TestContext.Current.CancellationToken);
}
