namespace FastSignatureCache.Http.Tests.Support;

/// <summary>Takes what is written only when the gate is open.</summary>
internal sealed class GatedStream(Task gate) : MemoryStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await gate;
        Write(buffer.Span);
    }
}
