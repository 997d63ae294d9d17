namespace FastSignatureCache.Gateway.CommandLine;

/// <summary>What the command says to the shell.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>It could not do its work, such as when its port is taken.</summary>
    public const int Failure = 1;

    /// <summary>It was not told rightly what to do.</summary>
    public const int BadOptions = 2;
}
