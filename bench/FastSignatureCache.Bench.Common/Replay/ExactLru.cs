namespace FastSignatureCache.Bench.Replay;

/// <summary>Exact LRU: what was used longest ago leaves first. A look-up is a use, and so is a put.</summary>
public sealed class ExactLru : SimulatedPolicy
{
    private KeyList _keys = new();
    private int _capacity;

    /// <inheritdoc/>
    public override string Name => "exact LRU";

    /// <inheritdoc/>
    protected override void Start(int capacity)
    {
        _keys = new KeyList();
        _capacity = capacity;
    }

    /// <inheritdoc/>
    protected override bool Find(int key)
    {
        if (!_keys.Remove(key))
        {
            return false;
        }

        _keys.AddNewest(key);
        return true;
    }

    /// <inheritdoc/>
    protected override void Put(int key)
    {
        if (Find(key))
        {
            return;
        }

        if (_keys.Count == _capacity)
        {
            _keys.RemoveOldest();
        }

        _keys.AddNewest(key);
    }
}
