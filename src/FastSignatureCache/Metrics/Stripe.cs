using System.Runtime.CompilerServices;

namespace FastSignatureCache.Metrics;

/// <summary>
/// What a thread has of its own for counting look-ups: the number of its cell, and whether its next look-up is to be timed. Both in one
/// variable, so that a look-up pays for one.
/// </summary>
internal static class Stripe
{
    private static int _threads;

    // 0: the thread has no number yet. Negative: its next look-up is to be timed.
    [ThreadStatic]
    private static int _number;

    /// <summary>
    /// The calling thread's number. Not positive at the beginning of a look-up that has to go through <see cref="BeginsTimed"/>.
    /// </summary>
    public static int Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _number;
    }

    /// <summary>Begins a look-up. After it, <see cref="Current"/> is positive.</summary>
    /// <returns>Whether this look-up is to be timed.</returns>
    public static bool BeginsTimed()
    {
        var number = _number;
        if (number == 0)
        {
            _number = Interlocked.Increment(ref _threads);
        }
        else if (number < 0)
        {
            _number = -number;
        }

        return number < 0;
    }

    /// <summary>Has the calling thread's next look-up timed, in whatever cache.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void TimeNext() => _number = -Math.Abs(_number);
}
