namespace FastSignatureCache.Bench.Replay;

/// <summary>
/// Segmented LRU: what is used a second time is protected; a full protected segment hands its oldest back, and what is not protected
/// leaves first.
/// </summary>
public sealed class SegmentedLru : SimulatedPolicy
{
    private const int ProtectedShare = 5;

    private KeyList _probation = new();
    private KeyList _protected = new();
    private int _capacity;

    /// <inheritdoc/>
    public override string Name => "segmented LRU, a fifth protected";

    /// <inheritdoc/>
    protected override void Start(int capacity)
    {
        _probation = new KeyList();
        _protected = new KeyList();
        _capacity = capacity;
    }

    /// <inheritdoc/>
    protected override bool Find(int key)
    {
        if (!_protected.Remove(key) && !_probation.Remove(key))
        {
            return false;
        }

        _protected.AddNewest(key);
        if (_protected.Count > _capacity / ProtectedShare)
        {
            _probation.AddNewest(_protected.RemoveOldest());
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void Put(int key)
    {
        if (Find(key))
        {
            return;
        }

        if (_probation.Count + _protected.Count == _capacity)
        {
            (_probation.Count > 0 ? _probation : _protected).RemoveOldest();
        }

        _probation.AddNewest(key);
    }
}
