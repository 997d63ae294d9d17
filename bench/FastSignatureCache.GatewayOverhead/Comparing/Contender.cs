using FastSignatureCache.Bench.GatewayOverhead.Exchanges;

namespace FastSignatureCache.Bench.GatewayOverhead.Comparing;

/// <summary>A proxy in one scenario, with conversations that are ready for it.</summary>
internal sealed class Contender
{
    /// <summary>So many conversations take turns where something is restored; where nothing is, each request has one of its own.</summary>
    private const int Conversations = 64;

    private readonly Proxy _proxy;
    private readonly Scenario _scenario;
    private readonly Uri _upstream;
    private readonly Caller _caller;
    private readonly long[] _prepared = new long[Conversations];
    private int _calls;

    private Contender(Proxy proxy, Scenario scenario, Uri upstream)
    {
        _proxy = proxy;
        _scenario = scenario;
        _upstream = upstream;
        _caller = NewCaller();
    }

    public Proxy Proxy => _proxy;

    /// <summary>Plays the conversations up to the request that is measured, and checks what reaches the upstream.</summary>
    public static async Task<Contender> CreateAsync(Proxy proxy, Scenario scenario, Uri upstream)
    {
        var contender = new Contender(proxy, scenario, upstream);
        Caller[] before = [.. scenario.Before.Select(exchange => new Caller(proxy, exchange, upstream))];
        for (var i = 0; i < Conversations; i++)
        {
            contender._prepared[i] = proxy.NextConversation();
            foreach (var caller in before)
            {
                await caller.CallAsync(contender._prepared[i]).ConfigureAwait(false);
            }

            await contender._caller.CheckAsync(contender._prepared[i]).ConfigureAwait(false);
        }

        return contender;
    }

    public Caller NewCaller() => new(_proxy, _scenario.Measured, _upstream);

    /// <summary>Makes one measured request.</summary>
    public Task<TimeSpan> CallAsync() => CallAsync(_caller);

    /// <summary>Makes one measured request by a caller of one's own. Thread-safe.</summary>
    public Task<TimeSpan> CallAsync(Caller caller)
    {
        var conversation = _scenario.IsRepaired
            ? _prepared[(uint)Interlocked.Increment(ref _calls) % Conversations]
            : _proxy.NextConversation();
        return caller.CallAsync(conversation);
    }
}
