namespace FastSignatureCache.Packaging.Tests.Support;

/// <summary>Runs the SDK as users do, in the repository.</summary>
internal static class DotNet
{
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public static async Task RunAsync(params string[] args)
    {
        // What it starts would stay and hold its output open: no server, no node that waits for more.
        await using var program = RunningProgram.Start(
            "dotnet", args, Repository.Folder, ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"));
        var (exitCode, output, error) = await program.WaitAsync();
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', args)} failed: {output} {error}");
        }
    }
}
