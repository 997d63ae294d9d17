namespace FastSignatureCache.Bench.Workloads;

/// <summary>Makes keys and signatures as they occur: the same seed always makes the same ones. Not thread-safe.</summary>
public sealed class Corpus(int seed)
{
    /// <summary>The model of all keys: 20 characters.</summary>
    public const string Model = "gemini-3-pro-preview";

    private const int MinRequests = 8 * Traffic.Batch;

    private readonly Random _random = new(seed);

    /// <summary>A conversation of 36 characters under the one model.</summary>
    public RequestKey NextKey()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return RequestKey.Of(new Guid(bytes).ToString(), Model);
    }

    /// <summary>Several keys.</summary>
    public RequestKey[] NextKeys(int count)
    {
        var keys = new RequestKey[count];
        foreach (ref var key in keys.AsSpan())
        {
            key = NextKey();
        }

        return keys;
    }

    /// <summary>A thought signature: standard base64 of random bytes.</summary>
    /// <param name="length">Its length in characters: a multiple of four.</param>
    public string NextSignature(int length)
    {
        var bytes = new byte[length / 4 * 3];
        _random.NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>As many signatures as a workload puts in turns.</summary>
    public string[] NextSignatures(int length)
    {
        var signatures = new string[Traffic.SignatureCount];
        foreach (ref var signature in signatures.AsSpan())
        {
            signature = NextSignature(length);
        }

        return signatures;
    }

    /// <summary>The same keys in strings of their own, in random order; when there are few, several times, each in another order.</summary>
    /// <remarks>
    /// So no processor can learn the order by heart, and several threads can each begin somewhere else. The strings are made in the order
    /// in which they are asked for, as a request's are: what is cold should be the cache's memory, not the question's.
    /// </remarks>
    public RequestKey[] RandomRequests(RequestKey[] keys) => RandomOrders(keys, static key => key.Copy());

    /// <summary>As <see cref="RandomRequests"/>, but with the very same strings.</summary>
    public RequestKey[] RandomRequestsBySameInstances(RequestKey[] keys) => RandomOrders(keys, static key => key);

    private RequestKey[] RandomOrders(RequestKey[] keys, Func<RequestKey, RequestKey> selector)
    {
        var order = (RequestKey[])keys.Clone();
        _random.Shuffle(order);
        order = Array.ConvertAll(order, key => selector(key));
        var requests = new List<RequestKey>(order);
        while (requests.Count < MinRequests)
        {
            _random.Shuffle(order);
            requests.AddRange(order);
        }

        return [.. requests];
    }
}
