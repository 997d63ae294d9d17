using System.Net;

namespace FastSignatureCache.Http.Tests.Support;

/// <summary>A body that is pushed piece by piece and does not know its length, as a proxy's is.</summary>
internal sealed class UnknownLengthContent : HttpContent
{
    private readonly byte[] _body;
    private readonly int _pieceLength;

    public UnknownLengthContent(byte[] body, int pieceLength)
    {
        _body = body;
        _pieceLength = pieceLength;
        Headers.ContentType = new("text/x-own");
    }

    public bool WritesSynchronously { get; init; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (int position = 0; position < _body.Length; position += _pieceLength)
        {
            ReadOnlyMemory<byte> piece = _body.AsMemory(position, Math.Min(_pieceLength, _body.Length - position));
            if (WritesSynchronously)
            {
                stream.Write(piece.Span);
            }
            else
            {
                await stream.WriteAsync(piece);
                await Task.Yield();
            }
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
