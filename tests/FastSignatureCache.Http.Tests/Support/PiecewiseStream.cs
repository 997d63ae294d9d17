namespace FastSignatureCache.Http.Tests.Support;

/// <summary>A body that arrives in pieces of given sizes, and may fail or hang instead of ending.</summary>
internal sealed class PiecewiseStream(byte[] content, IEnumerable<int> sizes) : Stream
{
    private readonly Queue<int> _sizes = new(sizes.Where(static size => size > 0));
    private readonly TaskCompletionSource _disposed = new();

    public int Delivered { get; private set; }

    public Exception? Failure { get; init; }

    public bool NeverEnds { get; init; }

    public Action? OnEnd { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_sizes.TryPeek(out int size))
        {
            if (NeverEnds)
            {
                await _disposed.Task;
                throw new ObjectDisposedException(nameof(PiecewiseStream));
            }

            OnEnd?.Invoke();
            return Failure is null ? 0 : throw Failure;
        }

        // As from a network: what is asked for now is there later, on another thread.
        await Task.Yield();
        int count = Math.Min(size, buffer.Length);
        content.AsSpan(Delivered, count).CopyTo(buffer.Span);
        Delivered += count;
        _sizes.Dequeue();
        if (count < size)
        {
            Queue<int> rest = new([size - count, .. _sizes]);
            _sizes.Clear();
            foreach (int one in rest)
            {
                _sizes.Enqueue(one);
            }
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _disposed.TrySetResult();
        base.Dispose(disposing);
    }
}
