using System.Buffers;
using System.Net;
using CommunityToolkit.HighPerformance.Buffers;

namespace FastSignatureCache.Http.Bodies;

/// <summary>
/// The original bytes of a body with signatures spliced in while it is written out. Can be sent again, as retries do.
/// Holds pooled memory until disposed.
/// </summary>
internal sealed class SplicedContent : HttpContent
{
    private readonly HttpContent _original;
    private readonly BoundedBodyBuffer _body;
    private readonly IReadOnlyList<Insertion> _insertions;
    private readonly long _length;
    private int _isDisposed;

    /// <param name="original">The content that the body was read from; disposed with this.</param>
    /// <param name="body">The whole body; disposed with this.</param>
    /// <param name="insertions">What to splice in, in the order of the body.</param>
    public SplicedContent(HttpContent original, BoundedBodyBuffer body, IReadOnlyList<Insertion> insertions)
    {
        _original = original;
        _body = body;
        _insertions = insertions;
        original.Headers.CopyToOtherLength(Headers);
        _length = body.Written.Length;
        for (int i = 0; i < insertions.Count; i++)
        {
            _length += insertions[i].Length - insertions[i].Edit.Length;
        }
    }

    /// <summary>The same body with other insertions. It takes the place of this one, which is not to be sent or disposed of any more.</summary>
    public SplicedContent With(IReadOnlyList<Insertion> insertions) => new(_original, _body, insertions);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _body.Retain();
        try
        {
            await WriteToAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _body.Release();
        }
    }

    private async Task WriteToAsync(Stream stream, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = _body.Written;
        int position = 0;
        for (int i = 0; i < _insertions.Count; i++)
        {
            Insertion insertion = _insertions[i];
            await stream.WriteAsync(body[position..insertion.Edit.Offset], cancellationToken).ConfigureAwait(false);
            using MemoryOwner<byte> spliced = Write(insertion);
            await stream.WriteAsync(spliced.Memory, cancellationToken).ConfigureAwait(false);
            position = insertion.Edit.Offset + insertion.Edit.Length;
        }

        await stream.WriteAsync(body[position..], cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _original.Dispose();
            _body.Release();
        }

        base.Dispose(disposing);
    }

    private static MemoryOwner<byte> Write(in Insertion insertion)
    {
        MemoryOwner<byte> spliced = MemoryOwner<byte>.Allocate(insertion.Length, ArrayPool<byte>.Shared);
        insertion.CopyTo(spliced.Span);
        return spliced;
    }
}
