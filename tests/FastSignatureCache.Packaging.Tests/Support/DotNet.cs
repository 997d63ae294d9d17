namespace FastSignatureCache.Packaging.Tests.Support;

/// <summary>Runs the SDK as users do, in the repository.</summary>
internal static class DotNet
{
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public static async Task RunAsync(params string[] args)
    {
        // A node that waits for more would stay and hold its output open. The compiler's server doesn't.
        await using var program = RunningProgram.Start("dotnet", args, Repository.Folder, ("MSBUILDDISABLENODEREUSE", "1"));
        var (exitCode, output, error) = await program.WaitAsync();
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', args)} failed: {output} {error}");
        }
    }
}
