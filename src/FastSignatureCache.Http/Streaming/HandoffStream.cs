namespace FastSignatureCache.Http.Streaming;

/// <summary>
/// Hands bytes from one who pushes to one who pulls, without a buffer between: a push is over when its bytes have been read and the
/// reader asks for more. So whoever pushes knows what the reader makes of them, whatever threads and contexts the two run on.
/// </summary>
/// <remarks>One push and one read at a time.</remarks>
internal sealed class HandoffStream : ForwardOnlyStream
{
    private readonly Lock _sync = new();
    private TaskCompletionSource _filled = new();
    private TaskCompletionSource _drained = new();
    private ReadOnlyMemory<byte> _bytes;
    private Exception? _failure;
    private bool _hasEnded;
    private bool _isReaderGone;

    /// <summary>Hands over bytes, which must not change until this is over. Nothing happens when the reader has gone.</summary>
    public Task PushAsync(ReadOnlyMemory<byte> bytes)
    {
        TaskCompletionSource filled;
        Task drained;
        lock (_sync)
        {
            if (_isReaderGone || bytes.IsEmpty)
            {
                return Task.CompletedTask;
            }

            _bytes = bytes;
            _drained = new TaskCompletionSource();
            drained = _drained.Task;
            filled = _filled;
        }

        filled.TrySetResult();
        return drained;
    }

    /// <summary>Ends the stream: for good, or by a failure that the reader's next read throws.</summary>
    public void End(Exception? failure = null)
    {
        TaskCompletionSource filled;
        lock (_sync)
        {
            _hasEnded = true;
            _failure = failure;
            filled = _filled;
        }

        filled.TrySetResult();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            TaskCompletionSource? drained = null;
            Task filled;
            lock (_sync)
            {
                if (!_bytes.IsEmpty)
                {
                    int count = Math.Min(buffer.Length, _bytes.Length);
                    _bytes.Span[..count].CopyTo(buffer.Span);
                    _bytes = _bytes[count..];
                    return count;
                }

                if (_hasEnded)
                {
                    return _failure is null ? 0 : throw _failure;
                }

                if (_filled.Task.IsCompleted)
                {
                    _filled = new TaskCompletionSource();
                }

                filled = _filled.Task;
                drained = _drained;
            }

            drained.TrySetResult();
            await filled.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override void Dispose(bool disposing)
    {
        TaskCompletionSource drained;
        lock (_sync)
        {
            _isReaderGone = true;
            _bytes = default;
            drained = _drained;
        }

        drained.TrySetResult();
        base.Dispose(disposing);
    }
}
