namespace FastSignatureCache.Gateway.Options;

/// <summary>Names every fault of the settings about the store.</summary>
internal static class StoreOptionsValidator
{
    private const long MinMaxBytes = 1024 * 1024;
    private static readonly TimeSpan MinTimeout = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(2);

    public static void AddFaults(ICollection<string> faults, GatewayOptions options)
    {
        var store = options.Store;
        CheckPlace(faults, store);
        // Its own fault if there is one that is too short.
        if (store.Redis is not null && options.Restoration.Secret is null)
        {
            faults.Add(
                "Store:Redis needs Restoration:Secret: gateways that share signatures need the same secret to find them. "
                + "Make one with 'openssl rand -base64 32', and give it to each gateway in the environment as Gateway__Restoration__Secret.");
        }

        if (store.Timeout < MinTimeout || store.Timeout > MaxTimeout)
        {
            faults.Add($"Store:Timeout must be between 2 milliseconds and 2 minutes, but is {store.Timeout}.");
        }

        if (store.MaxBytes < MinMaxBytes)
        {
            faults.Add(FormattableString.Invariant($"Store:MaxBytes must be at least {MinMaxBytes:N0} (1 MiB), but is {store.MaxBytes}."));
        }
    }

    // A connection string can have a password in it, so no message shows it.
    private static void CheckPlace(ICollection<string> faults, StoreOptions store)
    {
        if (store.Redis is not null && string.IsNullOrWhiteSpace(store.Redis))
        {
            faults.Add("Store:Redis must name a server, such as localhost:6379, but is empty.");
        }

        if (store.Data is not { } data || store.KeepsNoFile())
        {
            return;
        }

        if (store.Redis is not null)
        {
            faults.Add("Store:Data and Store:Redis exclude each other: signatures are kept in one place. Leave one of them out.");
        }

        if (string.IsNullOrWhiteSpace(data) || data.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add($"Store:Data must be a folder, or 'none', but is '{data}'.");
        }
        else if (File.Exists(data))
        {
            faults.Add($"Store:Data must be a folder, or 'none', but '{data}' is a file.");
        }
    }
}
