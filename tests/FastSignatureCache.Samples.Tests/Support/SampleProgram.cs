namespace FastSignatureCache.Samples.Tests.Support;

/// <summary>The samples as a person runs them: built programs, in their own folders, pointed at an upstream by configuration.</summary>
internal static class SampleProgram
{
    /// <param name="sample">Its name.</param>
    /// <param name="upstream">Where it sends what it sends.</param>
    /// <param name="forgetful">Whether its cache keeps nothing, see <see cref="StartupHook"/>.</param>
    public static RunningProgram Start(string sample, Uri upstream, bool forgetful = false)
    {
        var program = Repository.PathOf("tests", "Samples", sample, "bin", Repository.Configuration, "net10.0", $"{sample}.dll");
        List<(string, string)> environment =
        [
            ("Gemini__Endpoint", new Uri(upstream, "v1beta/openai/").AbsoluteUri),
            ("Gemini__Key", "key"),
            ("ReverseProxy__Clusters__gemini__Destinations__api__Address", upstream.AbsoluteUri),
            ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
        ];
        if (forgetful)
        {
            environment.Add(("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location));
        }

        return RunningProgram.Start("dotnet", [program, upstream.AbsoluteUri], Repository.PathOf("tests", "Samples", sample), [.. environment]);
    }
}
