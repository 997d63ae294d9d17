namespace FastSignatureCache.Verification.Model;

/// <summary>The documented order of eviction, in plain lists: oldest first.</summary>
internal sealed class ModelOrder(int capacity)
{
    private const int MaxSecondChances = 64;
    private const int FreshShare = 32;

    private readonly List<int> _probation = [];
    private readonly List<int> _protected = [];
    private readonly HashSet<int> _marked = [];
    private readonly Dictionary<int, int> _movedAt = [];
    private int _additions;
    private int _maxProtected = capacity / 5;

    public void Add(int slot)
    {
        _additions++;
        Put(slot, _probation);
    }

    public void Mark(int slot) => _marked.Add(slot);

    /// <summary>Notes that it was put again: what was added or moved a moment ago stays where it is.</summary>
    public void Use(int slot)
    {
        if (_additions - _movedAt[slot] < capacity / FreshShare)
        {
            Mark(slot);
            return;
        }

        Remove(slot);
        Promote(slot);
    }

    public void Remove(int slot)
    {
        _marked.Remove(slot);
        _probation.Remove(slot);
        _protected.Remove(slot);
    }

    public int Evict()
    {
        // What fits is what there is when room has to be made.
        _maxProtected = (_probation.Count + _protected.Count) / 5;
        Demote();
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
        _maxProtected = capacity / 5;
    }

    private void Promote(int slot)
    {
        Put(slot, _maxProtected == 0 ? _probation : _protected);
        Demote();
    }

    private void Demote()
    {
        var chances = MaxSecondChances;
        while (_protected.Count > _maxProtected)
        {
            var oldest = Take(_protected);
            var isSpared = chances > 0 && _marked.Remove(oldest);
            chances -= isSpared ? 1 : 0;
            Put(oldest, isSpared ? _protected : _probation);
        }
    }

    private void Put(int slot, List<int> segment)
    {
        segment.Add(slot);
        _movedAt[slot] = _additions;
    }

    private static int Take(List<int> segment)
    {
        var oldest = segment[0];
        segment.RemoveAt(0);
        return oldest;
    }
}
