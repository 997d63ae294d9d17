namespace FastSignatureCache.Verification.Model;

/// <summary>What a cache has counted, in a form that can be compared and read.</summary>
internal static class Figures
{
    public static string Of(SignatureCacheMetrics metrics) => string.Join(
        ", ",
        [
            $"hits {metrics.Hits}", $"misses {metrics.Misses}", $"puts {metrics.Puts}", $"evictions {metrics.Evictions}",
            $"expirations {metrics.Expirations}", $"corruptions {metrics.Corruptions}", $"refused formats {metrics.RefusedFormats}",
            $"refused sizes {metrics.RefusedSizes}", $"renewals {metrics.Renewals}",
            .. metrics.MissesByReason.Where(miss => miss.Value > 0).OrderBy(miss => miss.Key).Select(miss => $"{miss.Key} {miss.Value}"),
            .. metrics.Removals.Where(removal => removal.Count > 0).Select(removal => $"{removal.Reason} {removal.Count}"),
        ]);

    /// <summary>What must agree whatever was counted.</summary>
    public static void AssertBalanced(SignatureCacheMetrics metrics)
    {
        Assert.Equal(metrics.Hits, metrics.Models.Sum(model => model.Hits));
        Assert.Equal(metrics.Misses, metrics.Models.Sum(model => model.Misses));
        Assert.Equal(metrics.Corruptions, metrics.Models.Sum(model => model.Corruptions));
        Assert.Equal(metrics.Misses, metrics.MissesByReason.Values.Sum());
        Assert.Equal(metrics.Corruptions, metrics.CorruptionsByReason.Values.Sum());
        Assert.Equal(metrics.Evictions, CountOf(RemovalReason.Capacity) + CountOf(RemovalReason.Bytes));
        Assert.Equal(metrics.Expirations, CountOf(RemovalReason.Expired));
        Assert.All(metrics.Removals, removal => Assert.Equal((removal.Count, removal.Count), (removal.Age.Count, removal.Uses.Count)));
        Assert.Equal(Enum.GetValues<RemovalReason>(), metrics.Removals.Select(removal => removal.Reason));

        long CountOf(RemovalReason reason) => metrics.Removals.Single(removal => removal.Reason == reason).Count;
    }
}
