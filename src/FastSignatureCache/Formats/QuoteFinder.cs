using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastSignatureCache;

/// <summary>Finds one quote after the other in plain text: ASCII without control characters and backslashes.</summary>
internal ref struct QuoteFinder(ReadOnlySpan<byte> buffer, int length)
{
    /// <summary>How many bytes are looked at together. A buffer must be readable up to a multiple of it.</summary>
    public const int Window = 64;

    private readonly ReadOnlySpan<byte> _buffer = buffer;
    private int _window = -Window;
    private ulong _ahead;

    /// <summary>Where the next quote is; -1 if there is none, or if this can't be told, because what follows isn't plain.</summary>
    // The place is not used to find the next one, so the processor need not wait for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        if (_ahead == 0)
        {
            _window += Window;
            _ahead = _window < length ? Find(_buffer.Slice(_window, Window), length - _window) : 0;
            if (_ahead == 0)
            {
                return -1;
            }
        }

        var next = _window + BitOperations.TrailingZeroCount(_ahead);
        _ahead &= _ahead - 1;
        return next;
    }

    // Static, as the finder itself must not have an address: it would stay in memory for good.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong Find(ReadOnlySpan<byte> window, int length)
    {
        var quotes = 0UL;
        var others = 0UL;
        for (var i = 0; i < Window; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.Create(window[i..]);
            quotes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << i;

            // As signed numbers, all but ASCII is less than a space too.
            var notText = Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte();
            others |= (ulong)(notText | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits() << i;
        }

        var within = length < Window ? (1UL << length) - 1 : ulong.MaxValue;
        return (others & within) == 0 ? quotes & within : 0;
    }
}
