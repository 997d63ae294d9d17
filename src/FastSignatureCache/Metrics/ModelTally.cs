namespace FastSignatureCache.Metrics;

/// <summary>What all models come to, each read once: so the sums agree with their parts, whatever is counted meanwhile.</summary>
internal sealed class ModelTally
{
    private readonly List<ModelMetrics> _models = [];
    private readonly Dictionary<SignatureLookupStatus, long> _missesByReason =
        Enum.GetValues<SignatureLookupStatus>().Where(static status => status != SignatureLookupStatus.Hit).ToDictionary(static status => status, static _ => 0L);

    private readonly Dictionary<CorruptionReason, long> _corruptionsByReason =
        Enum.GetValues<CorruptionReason>().ToDictionary(static reason => reason, static _ => 0L);

    public ModelTally(IEnumerable<ModelCounters> models)
    {
        foreach (var model in models)
        {
            Add(model);
        }

        _models.Sort(static (one, other) => (other.Hits + other.Misses).CompareTo(one.Hits + one.Misses));
    }

    public long Hits => _models.Sum(static model => model.Hits);

    public long Misses => _models.Sum(static model => model.Misses);

    public long Corruptions => _models.Sum(static model => model.Corruptions);

    public IReadOnlyDictionary<SignatureLookupStatus, long> MissesByReason => _missesByReason;

    public IReadOnlyDictionary<CorruptionReason, long> CorruptionsByReason => _corruptionsByReason;

    /// <summary>Most look-ups first, without those of which there is nothing to tell.</summary>
    public IReadOnlyList<ModelMetrics> Models => _models;

    private void Add(ModelCounters model)
    {
        var lookups = model.Lookups();
        var corruptions = model.Corruptions();
        var hits = lookups[(int)SignatureLookupStatus.Hit];
        var metrics = new ModelMetrics(model.Model, hits, lookups.Sum() - hits, corruptions.Sum());
        if (metrics is { Hits: 0, Misses: 0, Corruptions: 0 })
        {
            return;
        }

        _models.Add(metrics);
        foreach (var reason in _missesByReason.Keys)
        {
            _missesByReason[reason] += lookups[(int)reason];
        }

        foreach (var reason in _corruptionsByReason.Keys)
        {
            _corruptionsByReason[reason] += corruptions[(int)reason];
        }
    }
}
