using FastSignatureCache.Sqlite.Databases;

namespace FastSignatureCache.Sqlite.Writing;

/// <summary>One caller's change, as a part of a transaction with others'.</summary>
/// <param name="apply">Makes the change. It is called again when a transaction has to be repeated.</param>
/// <param name="isUnhurried">Whether it gives way to others and need not be safe when it completes.</param>
/// <param name="cancellationToken">The change is left out if it is cancelled before its turn.</param>
internal sealed class WriteOperation(Action<WriteSession> apply, bool isUnhurried, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the change is safe, or, if it is unhurried, when it is made.</summary>
    public Task Completion => _completion.Task;

    public bool IsUnhurried => isUnhurried;

    public void Apply(WriteSession session) => apply(session);

    public bool EndIfCancelled() => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

    public void Complete() => _completion.TrySetResult();

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}
