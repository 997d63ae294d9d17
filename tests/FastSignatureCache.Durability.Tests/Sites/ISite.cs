namespace FastSignatureCache.Durability.Sites;

/// <summary>Gateways, and whatever they keep their signatures in, of which something can be made to crash.</summary>
internal interface ISite : IAsyncDisposable
{
    /// <summary>The addresses of the gateways. A conversation may take another one at every request.</summary>
    IReadOnlyList<Uri> Gateways { get; }

    /// <summary>Starts whatever does not run, and waits until it does.</summary>
    Task StartAsync();

    /// <summary>Ends something at once, in the midst of its work.</summary>
    Task CrashAsync(Random random);
}
