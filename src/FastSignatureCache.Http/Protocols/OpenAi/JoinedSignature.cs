using System.Text;

namespace FastSignatureCache.Http.Protocols.OpenAi;

/// <summary>A signature that a stream may send whole, in pieces, or more than once.</summary>
internal struct JoinedSignature
{
    private string? _first;
    private StringBuilder? _joined;

    /// <summary>The whole signature; null when there was none.</summary>
    public readonly string? Value => _joined?.ToString() ?? _first;

    /// <summary>Adds a piece. One that repeats exactly what is there is no piece but the same signature again.</summary>
    public void Add(string? piece)
    {
        if (string.IsNullOrEmpty(piece))
        {
            return;
        }

        if (_first is null)
        {
            _first = piece;
        }
        else if (!IsRepeat(piece))
        {
            _joined ??= new StringBuilder(_first);
            _joined.Append(piece);
        }
    }

    private readonly bool IsRepeat(string piece) =>
        _joined is null ? piece == _first : piece.Length == _joined.Length && _joined.Equals(piece.AsSpan());
}
