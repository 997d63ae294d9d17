using System.Net;

namespace FastSignatureCache.Http.Bodies;

/// <summary>A body longer than what is buffered: what was taken in already, then the rest as it comes. Can be sent once.</summary>
internal sealed class OverflowingContent : HttpContent
{
    private readonly HttpContent _original;
    private readonly BoundedBodyBuffer _buffer;
    private readonly Task _copying;
    private int _isSent;
    private int _isDisposed;

    public OverflowingContent(HttpContent original, BoundedBodyBuffer buffer, Task copying)
    {
        _original = original;
        _buffer = buffer;
        _copying = copying;
        original.Headers.CopyToOtherLength(Headers);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (Interlocked.Exchange(ref _isSent, 1) != 0)
        {
            throw new InvalidOperationException("The body is longer than what is kept of it, so it can be sent only once.");
        }

        _buffer.Retain();
        try
        {
            await stream.WriteAsync(_buffer.Written).ConfigureAwait(false);
            _buffer.ContinueInto(stream);
            await _copying.ConfigureAwait(false);
        }
        catch
        {
            // Whoever writes the rest must not wait for a send that is over.
            _buffer.Abandon();
            throw;
        }
        finally
        {
            _buffer.Release();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        // The length is unknown, or the body would not have been read at all.
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _buffer.Abandon();
            _original.Dispose();
            _buffer.Release();
        }

        base.Dispose(disposing);
    }
}
