namespace FastSignatureCache.Http.Bodies;

/// <summary>Where the writer of a body that is longer than the limit waits to be told where the rest goes. Thread-safe.</summary>
internal sealed class BodyOverflow
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Stream> _destination = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the writer has reached the limit.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Says that the limit is reached.</summary>
    /// <returns>Where the rest goes.</returns>
    public Task<Stream> BeginAsync(CancellationToken cancellationToken)
    {
        _begun.TrySetResult();
        return _destination.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the waiting writer go on.</summary>
    public void ContinueInto(Stream destination) => _destination.TrySetResult(destination);

    /// <summary>Ends the waiting of a writer whose body nobody wants any more.</summary>
    public void Cancel() => _destination.TrySetCanceled();
}
