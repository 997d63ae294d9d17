using System.Runtime.InteropServices;

namespace FastSignatureCache.Eviction;

/// <summary>
/// How full the cache is. Changed under the write lock, read by anyone. On cache lines of its own: beside the fields that every look-up
/// reads, each put would take those away from all other processors.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal sealed class Occupancy
{
    [FieldOffset(64)]
    private long _bytes;

    [FieldOffset(72)]
    private int _keys;

    public long Bytes => Volatile.Read(ref _bytes);

    public int Keys => Volatile.Read(ref _keys);

    public void Add(long bytes) => Change(1, bytes);

    public void Remove(long bytes) => Change(-1, -bytes);

    /// <summary>Most often nothing changes, and then nothing is written: other processors keep the line.</summary>
    public void Change(long bytes)
    {
        if (bytes != 0)
        {
            Change(0, bytes);
        }
    }

    public void Clear() => Change(-_keys, -_bytes);

    private void Change(int keys, long bytes)
    {
        Volatile.Write(ref _bytes, _bytes + bytes);
        Volatile.Write(ref _keys, _keys + keys);
    }
}
