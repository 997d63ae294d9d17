using System.Globalization;

namespace FastSignatureCache.Bench.Latency;

/// <summary>How full the cache is, and with what.</summary>
/// <param name="Entries">The entries in it.</param>
/// <param name="SignatureLength">The characters of each signature.</param>
public sealed record Shape(int Entries, int SignatureLength)
{
    /// <summary>Every size with signatures of 400 characters, and every length of signature at 1,000 entries.</summary>
    public static IEnumerable<Shape> All { get; } =
        [new(1_000, 100), new(1_000, 400), new(1_000, 4_000), new(100_000, 400), new(1_000_000, 400)];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Entries:N0} x {SignatureLength:N0}");
}
