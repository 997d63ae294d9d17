using FastSignatureCache.Sqlite.Databases;

namespace FastSignatureCache.Sqlite.Writing;

/// <summary>One caller's change, as a part of a transaction with others'.</summary>
/// <param name="apply">Makes the change. It is called again when a transaction has to be repeated.</param>
/// <param name="cancellationToken">The change is left out if it is cancelled before its turn.</param>
internal sealed class WriteOperation(Action<WriteSession> apply, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the change is safe.</summary>
    public Task Completion => _completion.Task;

    public void Apply(WriteSession session) => apply(session);

    public bool EndIfCancelled() => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

    public void Complete() => _completion.TrySetResult();

    public void Fail(Exception exception) => _completion.TrySetException(exception);
}
