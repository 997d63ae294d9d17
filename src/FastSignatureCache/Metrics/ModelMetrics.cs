namespace FastSignatureCache;

/// <summary>What look-ups of one model came to.</summary>
/// <param name="Model">The model, or <see cref="Other"/> for all beyond the number that is told apart.</param>
/// <param name="Hits">Look-ups that found a live entry.</param>
/// <param name="Misses">Look-ups that didn't, for whatever reason.</param>
/// <param name="Corruptions">Entries reported as corrupted, and puts refused for their format.</param>
public sealed record ModelMetrics(string Model, long Hits, long Misses, long Corruptions)
{
    /// <summary>Stands for all models beyond the number that is told apart.</summary>
    public const string Other = "other";

    /// <summary>Hits in percent of look-ups: 0 to 100, and 0 when there were none.</summary>
    public double HitRate => Hits + Misses == 0 ? 0 : 100.0 * Hits / (Hits + Misses);
}
