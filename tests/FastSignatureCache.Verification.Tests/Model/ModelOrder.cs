namespace FastSignatureCache.Verification.Model;

/// <summary>The documented order of eviction, in plain lists: oldest first.</summary>
internal sealed class ModelOrder(int capacity)
{
    private const int MaxSecondChances = 16;

    private readonly int _maxProtected = capacity / 5;
    private readonly List<int> _probation = [];
    private readonly List<int> _protected = [];
    private readonly HashSet<int> _marked = [];

    public void Add(int slot) => _probation.Add(slot);

    public void Mark(int slot) => _marked.Add(slot);

    public void Remove(int slot)
    {
        _marked.Remove(slot);
        _probation.Remove(slot);
        _protected.Remove(slot);
    }

    /// <summary>Takes in what was used.</summary>
    public void Promote(int slot)
    {
        var segment = _maxProtected == 0 ? _probation : _protected;
        segment.Add(slot);
        var chances = MaxSecondChances;
        while (_protected.Count > _maxProtected)
        {
            var oldest = Take(_protected);
            var isSpared = chances > 0 && _marked.Remove(oldest);
            chances -= isSpared ? 1 : 0;
            (isSpared ? _protected : _probation).Add(oldest);
        }
    }

    public int Evict()
    {
        for (var chance = 0; chance < MaxSecondChances && _probation.Count > 0 && _marked.Remove(_probation[0]); chance++)
        {
            Promote(Take(_probation));
        }

        var victim = Take(_probation.Count > 0 ? _probation : _protected);
        _marked.Remove(victim);
        return victim;
    }

    public void Clear()
    {
        _probation.Clear();
        _protected.Clear();
        _marked.Clear();
    }

    private static int Take(List<int> segment)
    {
        var oldest = segment[0];
        segment.RemoveAt(0);
        return oldest;
    }
}
