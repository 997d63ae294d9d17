namespace FastSignatureCache.Eviction;

/// <summary>A doubly linked list through the slots themselves. Every operation is O(1) and allocates nothing; not thread-safe.</summary>
internal sealed class SlotList
{
    private Slot? _newest;

    public int Count { get; private set; }

    public Slot? Oldest { get; private set; }

    public void AddNewest(Slot slot)
    {
        slot.List = this;
        slot.Newer = null;
        slot.Older = _newest;
        if (_newest is null)
        {
            Oldest = slot;
        }
        else
        {
            _newest.Newer = slot;
        }

        _newest = slot;
        Count++;
    }

    public void Remove(Slot slot)
    {
        if (slot.Newer is null)
        {
            _newest = slot.Older;
        }
        else
        {
            slot.Newer.Older = slot.Older;
        }

        if (slot.Older is null)
        {
            Oldest = slot.Newer;
        }
        else
        {
            slot.Older.Newer = slot.Newer;
        }

        // A reader may hold on to a removed slot for a moment: it must not keep its former neighbours alive.
        slot.List = null;
        slot.Newer = null;
        slot.Older = null;
        Count--;
    }

    public IEnumerable<Slot> OldestFirst()
    {
        for (var slot = Oldest; slot is not null; slot = slot.Newer)
        {
            yield return slot;
        }
    }

    public void Clear()
    {
        _newest = null;
        Oldest = null;
        Count = 0;
    }
}
