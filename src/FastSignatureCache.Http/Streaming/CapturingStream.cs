using System.Buffers;
using System.Runtime.ExceptionServices;

namespace FastSignatureCache.Http.Streaming;

/// <summary>
/// An answer on its way to the client, unaltered, with a copy going to a <see cref="ResponseCapture"/>. The bytes that complete
/// the answer are held back until what was captured is kept: a client that has its whole answer can rely on it.
/// </summary>
/// <param name="original">The answer's content, disposed of with the stream.</param>
/// <param name="upstream">The content's bytes.</param>
/// <param name="capture">What reads the copy.</param>
/// <param name="onEnd">
/// Called once, with whether the answer was read whole; what is held back waits for it. When it was not, it must complete at once:
/// it may be called by a dispose that can't wait.
/// </param>
internal sealed class CapturingStream(
    HttpContent original, Stream upstream, ResponseCapture capture, Func<bool, ValueTask> onEnd) : ForwardOnlyStream
{
    private const int BufferSize = 16 * 1024;

    private const int Idle = 0;
    private const int Reading = 1;
    private const int Disposed = 2;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _start;
    private int _releasable;
    private int _end;
    private bool _hasEnded;
    private ExceptionDispatchInfo? _failure;
    private int _state = Idle;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Interlocked.CompareExchange(ref _state, Reading, Idle) is var state and not Idle)
        {
            ObjectDisposedException.ThrowIf(state == Disposed, this);
            throw new InvalidOperationException("One read at a time.");
        }

        try
        {
            return buffer.IsEmpty ? 0 : await ReadCoreAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _state, Idle, Reading) == Disposed)
            {
                // Disposed in the midst of this read, which still had the buffer in use.
                Release();
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _state, Disposed) is var state and not Disposed)
        {
            upstream.Dispose();
            original.Dispose();
            if (state == Idle)
            {
                Release();
            }
        }

        base.Dispose(disposing);
    }

    private void Release()
    {
        if (!_hasEnded)
        {
            // The client went away before the end. Nothing here waits for anyone but the reading of what came already.
            EndAsync(isClean: false).AsTask().GetAwaiter().GetResult();
        }

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask<int> ReadCoreAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_start == _releasable)
        {
            if (_hasEnded)
            {
                _failure?.Throw();
                return 0;
            }

            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        int count = Math.Min(buffer.Length, _releasable - _start);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int count;
        try
        {
            count = await upstream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // What did arrive still belongs to the client, and then the same failure.
            _failure = ExceptionDispatchInfo.Capture(failure);
            await EndAsync(isClean: false).ConfigureAwait(false);
            return;
        }

        if (count == 0)
        {
            await EndAsync(isClean: true).ConfigureAwait(false);
            return;
        }

        bool hadNotEnded = await capture.AddAsync(_buffer.AsMemory(_end, count)).ConfigureAwait(false);
        int released = hadNotEnded ? _end : _releasable;
        _end += count;
        _releasable = capture.MayBeComplete ? released : _end;
    }

    private async ValueTask EndAsync(bool isClean)
    {
        _hasEnded = true;
        if (isClean)
        {
            await onEnd(await capture.CompleteAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
        else
        {
            await capture.AbortAsync().ConfigureAwait(false);
            await onEnd(false).ConfigureAwait(false);
        }

        _releasable = _end;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _releasable = _end = 0;
        }
        else if (_buffer.Length - _end < BufferSize / 4)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((_end - _start) * 2 + BufferSize);
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
            _releasable -= _start;
            _end -= _start;
            _start = 0;
        }
    }
}
