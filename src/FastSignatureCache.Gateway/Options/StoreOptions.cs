using FastSignatureCache.Stores;

namespace FastSignatureCache.Gateway.Options;

/// <summary>Where signatures are kept beyond the life of the process, and what a request does for it.</summary>
internal sealed class StoreOptions
{
    /// <summary>What <see cref="Data"/> says to keep no file.</summary>
    public const string None = "none";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DefaultRedisTimeout = TimeSpan.FromMilliseconds(50);

    // Of which two are within the shortest timeout that can be set.
    private static readonly TimeSpan MinShare = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// The folder of the database file, made where it is missing; or <c>none</c>. The default value is null: <c>FastSignatureCache</c> in the
    /// platform's folder for application data; or no file with <see cref="Redis"/>.
    /// </summary>
    public string? Data { get; set; }

    /// <summary>
    /// A Redis that several gateways share, as StackExchange.Redis writes it: <c>host:port,user=...,password=...</c>. It goes with no folder,
    /// and needs a secret that all of them have. May hold a password, so it is never shown. The default value is null: none.
    /// </summary>
    public string? Redis { get; set; }

    /// <summary>
    /// Whether the last bytes of an answer wait until its signatures are safe. The default value is
    /// <see cref="StoreDurability.WrittenThrough"/>: they do.
    /// </summary>
    public StoreDurability Durability { get; set; } = StoreDurability.WrittenThrough;

    /// <summary>
    /// How long one request waits for the store in all: some before it is sent, some before its answer ends. This value must be
    /// between 2 milliseconds and 2 minutes. The default value is null: 2 seconds with a file, since a busy disk can take long to make a write
    /// safe; 50 milliseconds with <see cref="Redis"/>.
    /// </summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// The size of the database file in bytes from which on the oldest signatures leave it. This value must be at least 1,048,576 (1 MiB).
    /// The default value is 1,073,741,824 (1 GiB).
    /// </summary>
    public long MaxBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>How long a request waits to read, and how long to write: two fifths of the timeout each, because timers fire late.</summary>
    public TimeSpan ShareOfTimeout()
    {
        var share = (Timeout ?? (Redis is null ? DefaultTimeout : DefaultRedisTimeout)) * 0.4;
        return share < MinShare ? MinShare : share;
    }

    /// <summary>Whether the settings say that there is to be no file.</summary>
    public bool KeepsNoFile() => string.Equals(Data, None, StringComparison.OrdinalIgnoreCase);
}
