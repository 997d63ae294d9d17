using System.Text;
using FastSignatureCache.Http.Bodies;
using FastSignatureCache.Http.Conversations;

namespace FastSignatureCache.Http.Restoration;

/// <summary>Edits bodies in which a signature is one JSON string beside its part.</summary>
internal sealed class SignatureEditor : IPlaceEditor
{
    public bool DistrustsLater => false;

    public bool Restore(RequestRestoration request, in SignaturePlace place, in RestoredSignature found)
    {
        request.Insertions.Add(new Insertion(place.IsSigned ? place.SignHere : place.EditOf(found.Name), found.Signature));
        return true;
    }

    public bool Substitute(RequestRestoration request, in SignaturePlace place)
    {
        // On the first call of a step only: on parallel ones it makes models answer with empty text.
        if (request.Policy.Placeholder is { } placeholder && place is { IsFirstCall: true, IsInTurn: true })
        {
            request.Insertions.Add(new Insertion(place.SignHere, Encoding.ASCII.GetBytes(placeholder)));
            return true;
        }

        if (place.IsSigned && place.SignHere.Length > 0)
        {
            // An empty string is what no signature is in a protobuf.
            request.Insertions.Add(new Insertion(place.SignHere, default(ReadOnlyMemory<byte>)));
            return true;
        }

        return false;
    }

    public UInt128 OwnHash(RequestRestoration request, in SignaturePlace place)
    {
        ReadOnlySpan<byte> own = request.Body.Slice(place.SignHere.Offset, place.SignHere.Length);
        ContentHash hash = request.Transcript.Hash;
        return place.IsSigned && own.StartsWith("\""u8) ? hash.Text(hash.Unescape(own)) : 0;
    }

    public UInt128 HashOf(RequestRestoration request, CachedSignature signature)
    {
        byte[] text = new byte[signature.Length];
        signature.CopyTo(text.AsSpan());
        return request.Transcript.Hash.Text(text);
    }

    public bool IsRequired(RequestRestoration request, in SignaturePlace place) =>
        request.Policy.CheckedParts.HasFlag(CheckedParts.Calls) && place is { IsFirstCall: true, IsInTurn: true };

    public bool IsAt(RequestRestoration request, in SignaturePlace place, int entry) => place.Entry == entry;
}
