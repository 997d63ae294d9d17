using FastSignatureCache.Durability.Sites;
using FastSignatureCache.Emulator;

namespace FastSignatureCache.Durability.Load;

/// <summary>Eight conversations at a time, and a crash in their midst, again and again.</summary>
/// <param name="upstream">The upstream, which records requests.</param>
/// <param name="site">What crashes.</param>
/// <param name="seed">Decides when, and what is said.</param>
internal sealed class CrashRun(UpstreamEmulator upstream, ISite site, int seed)
{
    private const int Clients = 8;
    private const int MaxResponsesBeforeCrash = 80;
    private const int MaxDelayOfCrash = 20;

    private readonly Random _random = new(seed);
    private readonly Replays _replays = new(upstream);
    private readonly List<Talk> _talks = [];
    private readonly Lock _sync = new();
    private TaskCompletionSource _enough = new();
    private int _untilCrash;
    private bool _hasCrashed;

    public async Task<CrashFigures> RunAsync(int kills)
    {
        using var ways = new Ways(site, Clients, seed);
        var open = new Talk?[Clients];
        var (lost, wrong) = (0, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            await site.StartAsync();
            var talks = await LoadUntilCrashAsync(ways, open);
            await site.StartAsync();
            var check = await _replays.CheckAsync(talks);
            lost += check.Lost;
            wrong += check.Wrong;
        }

        var all = await _replays.CheckAsync(_talks);
        return new(
            kills,
            _talks.Count,
            _talks.Sum(talk => talk.Responses),
            all.Restored,
            lost + all.Lost,
            wrong + all.Wrong,
            [.. _talks.Select(talk => talk.Refusal).OfType<string>()]);
    }

    /// <returns>The conversations that were under way.</returns>
    private async Task<IReadOnlyCollection<Talk>> LoadUntilCrashAsync(Ways ways, Talk?[] open)
    {
        _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _untilCrash = _random.Next(1, MaxResponsesBeforeCrash);
        var delay = _random.Next(MaxDelayOfCrash);
        Volatile.Write(ref _hasCrashed, false);
        HashSet<Talk> talks = [];
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => TalkAsync(ways[client], client, open, talks))).ToArray();

        await await Task.WhenAny(_enough.Task, Task.WhenAll(clients));
        await Task.Delay(delay, TestContext.Current.CancellationToken);
        await site.CrashAsync(_random);
        Volatile.Write(ref _hasCrashed, true);
        await Task.WhenAll(clients);
        return talks;
    }

    private async Task TalkAsync(HttpClient http, int client, Talk?[] open, HashSet<Talk> talks)
    {
        while (!Volatile.Read(ref _hasCrashed))
        {
            var talk = open[client] is { IsOver: false } begun ? begun : open[client] = Begin(http, client);
            lock (_sync)
            {
                talks.Add(talk);
            }

            if (!await talk.StepAsync())
            {
                // The gateway is gone, or will be in a moment.
                return;
            }

            if (Interlocked.Decrement(ref _untilCrash) == 0)
            {
                _enough.SetResult();
            }
        }
    }

    private Talk Begin(HttpClient http, int client)
    {
        lock (_sync)
        {
            // Numbers of one client leave the same remainder, so that it stays of its kind.
            var talk = new Talk(http, client + (Clients * _talks.Count), _random);
            _talks.Add(talk);
            return talk;
        }
    }
}
