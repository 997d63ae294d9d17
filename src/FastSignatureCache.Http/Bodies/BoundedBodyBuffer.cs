using CommunityToolkit.HighPerformance.Buffers;

namespace FastSignatureCache.Http.Bodies;

/// <summary>
/// Takes in a body up to a limit, in pooled memory. A longer one is not lost: its writer waits at the limit until
/// <see cref="ContinueInto"/> says where the rest goes. But a body that is longer than was announced fails its writer.
/// </summary>
/// <param name="limit">How many bytes are taken in of a body whose length was not announced.</param>
/// <param name="announced">How long the body will be, at most <paramref name="limit"/>; null when nobody knows.</param>
internal sealed class BoundedBodyBuffer(long limit, long? announced) : Stream
{
    private const int MinBuffer = 256;
    private const int MaxInitialBuffer = 128 * 1024;

    // A length that is only announced must not cost memory yet.
    private readonly ArrayPoolBufferWriter<byte> _buffer = new((int)Math.Clamp(announced ?? 0, MinBuffer, MaxInitialBuffer));
    private BodyOverflow? _overflow;

    // One for the content that holds it and one for each send under way: an upstream may answer, and the request be disposed of, while
    // its body is still being sent.
    private int _users = 1;

    /// <summary>Completes when the body turns out to be longer than the limit.</summary>
    public Task Overflow => EnsureOverflow().Begun;

    /// <summary>What came in so far.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _buffer.WrittenCount;

    public override long Position
    {
        get => _buffer.WrittenCount;
        set => throw new NotSupportedException();
    }

    /// <summary>Lets the waiting writer go on, straight into <paramref name="destination"/>.</summary>
    public void ContinueInto(Stream destination) => EnsureOverflow().ContinueInto(destination);

    /// <summary>Ends the waiting of a writer whose body nobody wants any more.</summary>
    public void Abandon() => _overflow?.Cancel();

    /// <summary>Keeps the memory for another user, until that one releases it too.</summary>
    public void Retain() => Interlocked.Increment(ref _users);

    /// <summary>Gives the memory back when no other user is left.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            Dispose();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_overflow is not { Begun.IsCompleted: true } && _buffer.WrittenCount + (long)buffer.Length <= (announced ?? limit))
        {
            buffer.Span.CopyTo(_buffer.GetSpan(buffer.Length));
            _buffer.Advance(buffer.Length);
            return;
        }

        if (announced is not null)
        {
            throw new HttpRequestException("The content writes more bytes than its Content-Length says.");
        }

        Stream destination = await EnsureOverflow().BeginAsync(cancellationToken).ConfigureAwait(false);
        await destination.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Abandon();
            _buffer.Dispose();
        }

        base.Dispose(disposing);
    }

    private BodyOverflow EnsureOverflow() => LazyInitializer.EnsureInitialized(ref _overflow, static () => new BodyOverflow());
}
