namespace FastSignatureCache.Bench.Replay;

/// <summary>Keys in the order of use. All operations are O(1).</summary>
internal sealed class KeyList
{
    private readonly LinkedList<int> _keys = new();
    private readonly Dictionary<int, LinkedListNode<int>> _nodes = [];

    public int Count => _keys.Count;

    public bool Contains(int key) => _nodes.ContainsKey(key);

    public void AddNewest(int key) => _nodes.Add(key, _keys.AddFirst(key));

    public bool Remove(int key)
    {
        if (!_nodes.Remove(key, out var node))
        {
            return false;
        }

        _keys.Remove(node);
        return true;
    }

    public int RemoveOldest()
    {
        var key = _keys.Last!.Value;
        Remove(key);
        return key;
    }
}
