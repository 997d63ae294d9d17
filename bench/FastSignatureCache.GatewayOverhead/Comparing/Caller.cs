using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using FastSignatureCache.Bench.GatewayOverhead.Exchanges;
using FastSignatureCache.Bench.GatewayOverhead.Hosts;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>Makes one exchange through a proxy, again and again, one at a time.</summary>
/// <remarks>Each time the upstream looks at the length of what reached it, and this at the length of what came back.</remarks>
internal sealed class Caller
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Proxy _proxy;
    private readonly Exchange _exchange;
    private readonly Uri _url;
    private readonly Uri _goOn;
    private readonly byte[] _body;
    private readonly byte[] _read = new byte[64 * 1024];
    private readonly int _place;
    private readonly string _expectedLength;

    public Caller(Proxy proxy, Exchange exchange, Uri upstream)
    {
        _proxy = proxy;
        _exchange = exchange;
        _url = new Uri(proxy.Address, exchange.Path);
        _goOn = new Uri(upstream, AnsweringUpstream.GoOnPath);
        _body = [.. exchange.Sent];
        _place = ConversationNumber.PlaceIn(_body);
        _expectedLength = Expected.Length.ToString(CultureInfo.InvariantCulture);
    }

    private byte[] Expected => _proxy.Repairs ? _exchange.Complete : _exchange.Sent;

    /// <summary>Makes it once.</summary>
    /// <returns>How long the answer took to its end, or to its first byte where it is a stream.</returns>
    public async Task<TimeSpan> CallAsync(long conversation)
    {
        using var request = CreateRequest(conversation);
        var start = Stopwatch.GetTimestamp();
        using var response = await _proxy.Client.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{_exchange.Name} through the {_proxy.Name}: the upstream says {(int)response.StatusCode}.");
        }

        var answer = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
        await using (answer.ConfigureAwait(false))
        {
            var length = await answer.ReadAsync(_read).ConfigureAwait(false);
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (_exchange.IsStream)
            {
                await GoOnAsync().ConfigureAwait(false);
            }

            while (await answer.ReadAsync(_read).ConfigureAwait(false) is var more and > 0)
            {
                length += more;
            }

            if (length != _exchange.AnswerLength)
            {
                throw new InvalidOperationException($"{_exchange.Name} through the {_proxy.Name}: the answer has {length} bytes.");
            }

            return _exchange.IsStream ? elapsed : Stopwatch.GetElapsedTime(start);
        }
    }

    /// <summary>Compares each byte that reaches the upstream with what has to.</summary>
    public async Task CheckAsync(long conversation)
    {
        using var request = CreateRequest(conversation);
        request.Headers.Add(BenchHeaders.Echo, "1");
        using var response = await _proxy.Client.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        var arrived = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        byte[] expected = [.. Expected];
        ConversationNumber.Write(expected, ConversationNumber.PlaceIn(expected), conversation);
        if (!arrived.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidOperationException(
                $"{_exchange.Name} through the {_proxy.Name}: the body that arrives is not what it should be ({arrived.Length} bytes, not {expected.Length}).");
        }
    }

    private HttpRequestMessage CreateRequest(long conversation)
    {
        ConversationNumber.Write(_body, _place, conversation);
        var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ReadOnlyMemoryContent(_body) };
        request.Content.Headers.ContentType = Json;
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer bench-credential");
        request.Headers.TryAddWithoutValidation(BenchHeaders.Exchange, _exchange.Name);
        request.Headers.TryAddWithoutValidation(BenchHeaders.ExpectedLength, _expectedLength);
        return request;
    }

    private async Task GoOnAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _goOn);
        using var response = await _proxy.Client.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
    }
}
