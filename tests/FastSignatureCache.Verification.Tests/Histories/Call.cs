using FastSignatureCache.Verification.Model;

namespace FastSignatureCache.Verification.Histories;

/// <summary>One operation of one thread: between which moments it happened, and what it came to.</summary>
/// <param name="Operation">What was done.</param>
/// <param name="Invoked">The moment before, in the order of all moments of the history.</param>
/// <param name="Returned">The moment after.</param>
/// <param name="InvokedAt">The clock's time before.</param>
/// <param name="ReturnedAt">The clock's time after.</param>
/// <param name="Answer">What it returned.</param>
internal sealed record Call(Operation Operation, int Invoked, int Returned, int InvokedAt, int ReturnedAt, object? Answer)
{
    public Found? Found => Answer as Found?;

    /// <summary>Whether this one had ended before the other began.</summary>
    public bool IsBefore(Call other) => Returned < other.Invoked;
}
