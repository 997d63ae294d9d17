using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CommunityToolkit.HighPerformance;
using CommunityToolkit.HighPerformance.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace FastSignatureCache.Http.Conversations;

/// <summary>
/// Says which conversation a request belongs to. The caller's credential is always part of it, as one input of a keyed hash, so
/// nobody reaches another caller's signatures by guessing ids; and every input carries its length, so none runs into the next.
/// Thread-safe.
/// </summary>
internal sealed class ConversationIdentifier(
    byte[] secret, IReadOnlyList<string> conversationHeaders, IReadOnlyList<string> callerHeaders)
{
    private static readonly string[] CredentialHeaders = ["Authorization", "x-goog-api-key", "x-api-key", "api-key"];

    // Setting one up with its key takes more than twice as long as hashing with it.
    private readonly ObjectPool<IncrementalHash> _hmacs = new DefaultObjectPool<IncrementalHash>(new HmacPolicy(secret));

    /// <summary>An id for the conversation, or null when the request says nothing that identifies one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="transcript">What its body says.</param>
    /// <param name="isAccountBound">Whether another credential is another account, for which nothing of this one is good.</param>
    public string? Identify(HttpRequestMessage request, Transcript transcript, bool isAccountBound)
    {
        using var input = new ArrayPoolBufferWriter<byte>();
        string? caller = FirstOf(callerHeaders, request);
        if (caller is not null)
        {
            Write(input, "caller");
            Write(input, caller);
        }

        if (caller is null || isAccountBound)
        {
            WriteCredentials(input, request);
        }

        if (FirstOf(conversationHeaders, request) is { } fromHeader)
        {
            Write(input, "id");
            Write(input, fromHeader);
        }
        else if (transcript.ConversationId.Value is { } fromBody)
        {
            Write(input, "id");
            Write(input, fromBody);
        }
        else if (transcript.Opening != 0)
        {
            Write(input, "opening");
            Write(input, transcript.Instructions);
            Write(input, transcript.Opening);
        }
        else
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        IncrementalHash hmac = _hmacs.Get();
        hmac.AppendData(input.WrittenSpan);
        hmac.GetHashAndReset(hash);
        _hmacs.Return(hmac);
        return Convert.ToHexStringLower(hash[..16]);
    }

    private static string? FirstOf(IReadOnlyList<string> headers, HttpRequestMessage request)
    {
        foreach (string name in headers)
        {
            if (request.Headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } id
                && !string.IsNullOrWhiteSpace(id))
            {
                return id;
            }
        }

        return null;
    }

    private static void WriteCredentials(ArrayPoolBufferWriter<byte> input, HttpRequestMessage request)
    {
        foreach (string name in CredentialHeaders)
        {
            if (request.Headers.NonValidated.TryGetValues(name, out var values))
            {
                string credential = values.ToString();
                // The same key is the same caller, as a bearer token or in a header or query parameter of its own.
                Write(input, credential.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? credential[7..].Trim() : credential);
            }
        }

        if (KeyInQuery(request.RequestUri) is { } key)
        {
            Write(input, key);
        }
    }

    private static string? KeyInQuery(Uri? uri)
    {
        ReadOnlySpan<char> query = uri is { IsAbsoluteUri: true } ? uri.Query.AsSpan().TrimStart('?') : default;
        foreach (Range range in query.Split('&'))
        {
            if (query[range].StartsWith("key=", StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(query[range][4..]);
            }
        }

        return null;
    }

    private static void Write(ArrayPoolBufferWriter<byte> input, string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        input.Write(length);
        Encoding.UTF8.GetBytes(text, input.GetSpan(length));
        input.Advance(length);
    }

    private static void Write(ArrayPoolBufferWriter<byte> input, UInt128 hash)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(input.GetSpan(16), hash);
        input.Advance(16);
    }

    private sealed class HmacPolicy(byte[] secret) : PooledObjectPolicy<IncrementalHash>
    {
        public override IncrementalHash Create() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);

        public override bool Return(IncrementalHash obj) => true;
    }
}
