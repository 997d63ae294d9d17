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
    private readonly int _length = length;
    private int _window = -Window;
    private ulong _ahead;

    /// <summary>Where the next quote is; -1, and then it must not be asked again, if there is none or what follows isn't plain.</summary>
    // The place is not used to find the one after it, so the processor need not wait for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        if (_ahead == 0 && !LookFurther())
        {
            return -1;
        }

        var next = _window + BitOperations.TrailingZeroCount(_ahead);
        _ahead &= _ahead - 1;
        return next;
    }

    // On to the next window with a quote, as long as all is plain.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool LookFurther()
    {
        while (_window + Window < _length)
        {
            _window += Window;
            var (quotes, isPlain) = Look(_buffer, _window, _length);
            if (quotes != 0 || !isPlain)
            {
                _ahead = quotes;
                return isPlain;
            }
        }

        return false;
    }

    // Given copies, as the finder and its parts must not have an address: they would stay in memory for good.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (ulong Quotes, bool IsPlain) Look(ReadOnlySpan<byte> buffer, int start, int length)
    {
        var window = buffer.Slice(start, Window);
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

        var within = length - start < Window ? (1UL << (length - start)) - 1 : ulong.MaxValue;
        return (quotes & within, (others & within) == 0);
    }
}
