namespace FastSignatureCache.Metrics;

/// <summary>The counters of all models, bounded in number: whoever asks for a signature may invent a model. Thread-safe.</summary>
/// <remarks>
/// Models are never forgotten, because entries refer to their counters. They stand in the order in which they came: the
/// first, in most programs the only one, is found with one comparison, and even the last in less time than hashing its name would take.
/// </remarks>
internal sealed class ModelRegistry
{
    /// <summary>The most models that are told apart.</summary>
    public const int MaxModels = 32;

    /// <summary>
    /// The most of them that were only asked for. The rest is for models that something was kept of, which takes an answer by a provider: names
    /// that somebody makes up leave room for these.
    /// </summary>
    public const int MaxAskedFor = MaxModels / 2;

    private readonly Lock _sync = new();
    private readonly ModelCounters _others = new(ModelMetrics.Other, LookupCell.Create());
    private ModelCounters[] _models = [];
    private bool _isFirstKeptKnown;

    /// <summary>
    /// The cells of the first model that something is kept of, which in most programs is the only one; here before it is known which it is.
    /// </summary>
    public LookupCell[] FirstKept { get; } = LookupCell.Create();

    /// <summary>All counters, those of the models that are not told apart last.</summary>
    public IEnumerable<ModelCounters> All => Volatile.Read(ref _models).Append(_others);

    /// <summary>The counters of a model. O(models), allocates nothing but for a new one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isKept">Whether something is kept of it.</param>
    public ModelCounters Of(string model, bool isKept)
    {
        var models = Volatile.Read(ref _models);
        foreach (var counters in models)
        {
            if (string.Equals(counters.Model, model))
            {
                return counters;
            }
        }

        return models.Length >= (isKept ? MaxModels : MaxAskedFor) ? _others : Add(model, isKept);
    }

    private ModelCounters Add(string model, bool isKept)
    {
        // The empty one is asked for with a default key.
        if (model is "" or ModelMetrics.Other)
        {
            return _others;
        }

        lock (_sync)
        {
            var known = Array.Find(_models, counters => counters.Model == model);
            if (known is not null || _models.Length >= (isKept ? MaxModels : MaxAskedFor))
            {
                return known ?? _others;
            }

            var added = new ModelCounters(model, isKept && !_isFirstKeptKnown ? FirstKept : LookupCell.Create());
            _isFirstKeptKnown |= isKept;
            Volatile.Write(ref _models, [.. _models, added]);
            return added;
        }
    }
}
