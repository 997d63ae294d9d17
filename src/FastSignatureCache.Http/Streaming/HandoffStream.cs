using System.Threading.Tasks.Sources;

namespace FastSignatureCache.Http.Streaming;

/// <summary>
/// Hands bytes from one who pushes to one who pulls, without a buffer between: a push is over when its bytes have been read and the
/// reader asks for more. So whoever pushes knows what the reader makes of them, whatever threads and contexts the two run on.
/// Allocates nothing for a push or a read.
/// </summary>
/// <remarks>One push and one read at a time, each awaited once. A read can't be cancelled: it ends with the stream.</remarks>
internal sealed class HandoffStream : ForwardOnlyStream, IValueTaskSource<int>, IValueTaskSource
{
    private readonly Lock _sync = new();
    private ManualResetValueTaskSourceCore<int> _read;
    private ManualResetValueTaskSourceCore<bool> _push;
    private Memory<byte> _wanted;
    private ReadOnlyMemory<byte> _bytes;
    private Exception? _failure;
    private bool _isReaderWaiting;
    private bool _isPusherWaiting;
    private bool _hasEnded;
    private bool _isReaderGone;

    /// <summary>Hands over bytes, which must not change until this is over. Nothing happens when the reader has gone.</summary>
    public ValueTask PushAsync(ReadOnlyMemory<byte> bytes)
    {
        ValueTask drained;
        int? taken = null;
        lock (_sync)
        {
            if (_isReaderGone || bytes.IsEmpty)
            {
                return ValueTask.CompletedTask;
            }

            _bytes = bytes;
            _push.Reset();
            _isPusherWaiting = true;
            drained = new ValueTask(this, _push.Version);
            if (_isReaderWaiting)
            {
                _isReaderWaiting = false;
                taken = Take(_wanted.Span);
            }
        }

        if (taken is { } count)
        {
            // The reader goes on here, and in most cases has asked for more before this returns.
            _read.SetResult(count);
        }

        return drained;
    }

    /// <summary>Ends the stream: for good, or by a failure that the reader's next read throws.</summary>
    public void End(Exception? failure = null)
    {
        lock (_sync)
        {
            _hasEnded = true;
            _failure = failure;
            if (!_isReaderWaiting)
            {
                return;
            }

            _isReaderWaiting = false;
        }

        if (failure is null)
        {
            _read.SetResult(0);
        }
        else
        {
            _read.SetException(failure);
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> filled;
        lock (_sync)
        {
            if (!_bytes.IsEmpty)
            {
                return new ValueTask<int>(Take(buffer.Span));
            }

            if (_hasEnded)
            {
                return _failure is null ? new ValueTask<int>(0) : ValueTask.FromException<int>(_failure);
            }

            _wanted = buffer;
            _read.Reset();
            _isReaderWaiting = true;
            filled = new ValueTask<int>(this, _read.Version);
            if (!_isPusherWaiting)
            {
                return filled;
            }

            _isPusherWaiting = false;
        }

        _push.SetResult(true);
        return filled;
    }

    int IValueTaskSource<int>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.GetResult(short token) => _push.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _push.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _push.OnCompleted(continuation, state, token, flags);

    protected override void Dispose(bool disposing)
    {
        bool isPusherWaiting;
        lock (_sync)
        {
            _isReaderGone = true;
            _bytes = default;
            isPusherWaiting = _isPusherWaiting;
            _isPusherWaiting = false;
        }

        if (isPusherWaiting)
        {
            _push.SetResult(true);
        }

        base.Dispose(disposing);
    }

    private int Take(Span<byte> destination)
    {
        int count = Math.Min(destination.Length, _bytes.Length);
        _bytes.Span[..count].CopyTo(destination);
        _bytes = _bytes[count..];
        return count;
    }
}
