using System.Runtime.ExceptionServices;

namespace FastSignatureCache.Http.Streaming;

/// <summary>A content whose first bytes were read already: these, then the rest.</summary>
/// <param name="prefix">What was read.</param>
/// <param name="original">The content, disposed of with the stream.</param>
/// <param name="rest">The content's bytes from there on.</param>
/// <param name="failure">Why there are none, if reading has failed there.</param>
internal sealed class PrefixedStream(
    ReadOnlyMemory<byte> prefix, HttpContent original, Stream rest, ExceptionDispatchInfo? failure) : ForwardOnlyStream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_prefix.IsEmpty)
        {
            failure?.Throw();
            return rest.ReadAsync(buffer, cancellationToken);
        }

        int count = Math.Min(buffer.Length, _prefix.Length);
        _prefix[..count].CopyTo(buffer);
        _prefix = _prefix[count..];
        return ValueTask.FromResult(count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
            original.Dispose();
        }

        base.Dispose(disposing);
    }
}
