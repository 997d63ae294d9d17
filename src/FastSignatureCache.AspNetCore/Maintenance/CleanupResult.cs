namespace FastSignatureCache.AspNetCore.Maintenance;

/// <summary>What a clean-up came to.</summary>
/// <param name="Removed">The number of keys removed because their time to live had passed.</param>
internal sealed record CleanupResult(int Removed);
